import { open, writeFile } from 'node:fs/promises';
import { messageOf } from '../../base/error';
import type { ServingPlan } from '../../engine/serving';
import type { ComponentServer } from '../../serve/component-server';
import type { RequestRecord } from '../../serve/history';
import { usageText } from '../../words/cli-usage';
import { failureText } from '../../words/serve-failure';
import { complain } from '../outcome';
import { status } from '../status';
import { usageError } from '../usage';

/** Finds out, before anything is served, whether the path of `--json` can be written to. Rejects with UsageError if not. */
export async function checkRecordPath(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  try {
    await (await open(path, 'a')).close();
  } catch (error) {
    throw usageError(usageText.cannotWrite(path, messageOf(error)));
  }
}

/** Writes what became of a server. Resolves with the command's exit status: a record that cannot be written makes a failure of a success. */
export async function writeServeRecord(
  path: string | undefined,
  served: { readonly server: ComponentServer; readonly plan: ServingPlan; readonly url: string },
  result: number,
): Promise<number> {
  if (path === undefined) return result;
  const { server, plan, url } = served;
  const { build, name } = plan.handler;
  const record = {
    server: { file: build.path, sha256: build.sha256, handler: name, url, policy: server.policy },
    totals: server.history.totals,
    instances: server.history.instances.map(({ number, state, requests, memoryBytes }) => ({
      id: number,
      state,
      requests,
      memoryBytes,
    })),
    requests: server.history.requests.map(recorded),
  };
  try {
    await writeFile(path, `${JSON.stringify(record, null, 2)}\n`);
    return result;
  } catch (error) {
    complain(usageText.cannotWrite(path, messageOf(error)));
    return result === 0 ? status.cannotStart : result;
  }
}

function recorded({ number, method, path, at, instance, ended }: RequestRecord) {
  return {
    id: number,
    method,
    path,
    at: new Date(at).toISOString(),
    instance: instance?.number ?? null,
    nth: instance?.nth ?? null,
    status: ended?.status ?? null,
    ms: ended === undefined ? null : Math.round(ended.durationMs * 1000) / 1000,
    requestBytes: ended?.requestBytes ?? null,
    responseBytes: ended?.responseBytes ?? null,
    failure: ended?.failure === undefined ? null : ended.failure.failure.type,
    message: ended?.failure === undefined ? null : failureText(ended.failure.failure),
  };
}

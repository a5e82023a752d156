import type { ServingPlan } from '../../engine/serving';
import type { ComponentServer } from '../../serve/component-server';
import type { RequestRecord } from '../../serve/history';
import { failureText } from '../../words/serve-failure';
import { roundedMs, wroteRecord } from '../record-file';
import { status } from '../status';

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
  if (await wroteRecord(path, record)) return result;
  return result === 0 ? status.cannotStart : result;
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
    ms: ended === undefined ? null : roundedMs(ended.durationMs),
    requestBytes: ended?.requestBytes ?? null,
    responseBytes: ended?.responseBytes ?? null,
    failure: ended?.failure === undefined ? null : ended.failure.failure.type,
    message: ended?.failure === undefined ? null : failureText(ended.failure.failure),
  };
}

import { verdictReason } from '../words/verdict';
import { readBuild } from '../engine/read-build';
import type { Call } from '../instance/call';
import { trappedOnGuard } from '../calls/explain-trap';
import type { Build } from '../instance/registry';
import { analyseFile } from '../reuse/analyse';
import type { Evidence } from '../reuse/evidence';
import { describeEvidence } from '../words/evidence';
import { judge } from '../reuse/judge';
import { wouldTrap, type Verdict } from '../reuse/verdict';
import { tell } from './stderr';

/** What speaks for the trap itself; the way from the export to it is what `check` prints. */
const telling: readonly Evidence['type'][] = ['guard', 'mark-stays', 'simulated-trap'];

/**
 * Says on stderr why a run trapped on an instance that others wanted to run on, and what to do: what the editor says, after the trap's own line.
 * @param notMade how many of the runs that were asked for are not made because of it
 */
export async function explainTrapOnSame(build: Build, call: Call, notMade: number): Promise<void> {
  const next = `A trapped instance cannot be entered again${notMade > 0 ? `, so the other ${runs(notMade)} not made` : ''}. Leave out --same: every run then has a fresh instance.`;
  tell(`${(await explanation(build, call, 'run', next)).join('\n')}\n`);
}

/** The same for a run among the calls of `call`, all of which are on one instance. */
export async function explainTrapAmongCalls(build: Build, call: Call): Promise<void> {
  const next =
    'A trapped instance cannot be entered again. Make each run with a "fresh-instance run" of its own: it then has a fresh instance.';
  tell(`${(await explanation(build, call, 'call', next)).join('\n')}\n`);
}

async function explanation(
  build: Build,
  call: Call,
  what: 'run' | 'call',
  next: string,
): Promise<readonly string[]> {
  if (call.number === 1)
    return [own('It was the first run on the instance: a fresh one may well trap too.'), own(next)];
  const verdict = await verdictOn(build);
  const which = `It was ${what} ${String(call.number)} on one instance`;
  if (verdict === null || !wouldTrap(verdict)) {
    return [own(`${which}; reading the binary does not tell why.`), own(next)];
  }
  const why = trappedOnGuard(call, verdict)
    ? `${which}, and ${verdictReason(verdict)}:`
    : `${which}. About repeated runs the binary says: ${verdictReason(verdict)}:`;
  const evidence = verdict.evidence.filter(({ type }) => telling.includes(type)).map(describeEvidence);
  return [own(why), ...evidence.map((line) => `    ${line}`), own(next)];
}

/** Why a further run on an instance that has run would trap; undefined where the binary does not say that it would. */
export async function spentReason(build: Build): Promise<Verdict | undefined> {
  const verdict = await verdictOn(build);
  return verdict !== null && wouldTrap(verdict) ? verdict : undefined;
}

/** What the binary tells of a repeated run; null if it is not there any more as it was. */
async function verdictOn({ path, sha256 }: Build): Promise<Verdict | null> {
  const read = await readBuild(path);
  if (!read.ok || read.value.build.sha256 !== sha256) return null;
  const finding = analyseFile(read.value.bytes);
  return finding.ok ? judge({ static: finding.value }) : null;
}

function runs(count: number): string {
  return count === 1 ? 'run was' : `${String(count)} runs were`;
}

function own(line: string): string {
  return `fresh-instance: ${line}`;
}

import { readBuild } from '../engine/read-build';
import type { Call } from '../instance/call';
import { trappedOnGuard } from '../calls/explain-trap';
import type { Build } from '../instance/registry';
import { analyseFile } from '../reuse/analyse';
import { judge } from '../reuse/judge';
import { wouldTrap, type Verdict } from '../reuse/verdict';
import { complain } from './outcome';
import { tell } from './stderr';
import { repeatedTrapLines, type RepeatedTrap } from '../words/cli-repeated-trap';

/**
 * Explains on stderr why a run trapped on an instance that more runs were to use, after the trap's own line.
 * @param notMade how many of the requested runs are not made because of it
 */
export async function explainTrapOnSame(build: Build, call: Call, notMade: number): Promise<void> {
  await explain(build, call, { by: 'run', notMade });
}

/** Explains a trap of a run among the lines of `call`, all of which use one instance. */
export async function explainTrapAmongCalls(build: Build, call: Call): Promise<void> {
  await explain(build, call, { by: 'call', notMade: 0 });
}

async function explain(build: Build, call: Call, how: Pick<RepeatedTrap, 'by' | 'notMade'>): Promise<void> {
  const verdict = call.number === 1 ? null : await verdictOn(build);
  const onGuard = verdict !== null && trappedOnGuard(call, verdict);
  const { why, evidence, next } = repeatedTrapLines({ ...how, number: call.number, verdict, onGuard });
  complain(why);
  for (const line of evidence) tell(`    ${line}\n`);
  complain(next);
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

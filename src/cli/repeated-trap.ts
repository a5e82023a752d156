import { trapFacts } from '../calls/explain-trap';
import { readBuild } from '../engine/read-build';
import type { Call } from '../instance/call';
import type { Build, Instance } from '../instance/registry';
import { analyseFile } from '../reuse/analyse';
import { judge } from '../reuse/judge';
import { wouldTrap, type Verdict } from '../reuse/verdict';
import { repeatedTrapLines } from '../words/cli-repeated-trap';
import { complain } from './outcome';
import { tell } from './stderr';

/**
 * Explains on stderr why a run trapped on an instance that more runs were to use, after the trap's own line.
 * @param instance after the call
 * @param by what made the run: `run --same`, or a line of `call`
 * @param notMade how many of the requested runs are not made because of it
 */
export async function explainRepeatedTrap(
  instance: Instance,
  call: Call,
  by: 'run' | 'call',
  notMade = 0,
): Promise<void> {
  const facts = trapFacts(instance, call, await verdictOn(instance.build));
  if (facts === null) return;
  const { why, evidence, next } = repeatedTrapLines({ facts, by, notMade });
  complain(why);
  for (const line of evidence) tell(`    ${line}\n`);
  complain(next);
}

/** The verdict that a further run on an instance that has run would trap; undefined where the binary does not say so. */
export async function spentReason(build: Build): Promise<Verdict | undefined> {
  const verdict = await verdictOn(build);
  return verdict !== null && wouldTrap(verdict) ? verdict : undefined;
}

/** What the binary tells of a repeated run; null if the file has changed. */
async function verdictOn({ path, sha256 }: Build): Promise<Verdict | null> {
  const read = await readBuild(path);
  if (!read.ok || read.value.build.sha256 !== sha256) return null;
  const finding = analyseFile(read.value.bytes);
  return finding.ok ? judge({ static: finding.value }) : null;
}

import { checkHelp } from '../words/cli-command-help';
import { checkedComponentText, noteLine } from '../words/cli-check';
import { usageText } from '../words/cli-usage';
import { Limiter } from '../base/limiter';
import { readBuild } from '../engine/read-build';
import type { Profile } from '../instance/profile';
import { checkFile, type CheckedFile, type Probing } from './check-file';
import { makeProber } from './engine';
import { listenForInterrupts } from './interrupt';
import { Progress } from './progress';
import { parseProfile, profileOptions } from './profile-options';
import { readArguments, splitAtGuest } from './read-arguments';
import { refuseUnusedImports } from './unused-imports';
import { usageError, type Command } from './usage';
import { unsupportedHead } from '../words/unsupported';
import { printable } from '../base/sanitize';
import { print } from './stdout';

/** How many files are worked on at a time. */
const laneCount = 2;

const status = { fine: 0, wouldTrap: 1, unreadable: 2, interrupted: 130 } as const;

/** `fresh-instance check`. */
export const check: Command = {
  name: 'check',
  ...checkHelp,
  run: async (args) => {
    const options = parse(args);
    await refuseImportsOfNone(options);
    const prober = options.probe ? makeProber() : null;
    const probing = prober === null ? null : { prober, profile: options.profile };
    const interrupts = listenForInterrupts({ shutdown: async () => prober?.shutdown() });
    try {
      const all: CheckedFile[] = [];
      for await (const checked of checkAll(options.files, probing, interrupts.signal)) {
        all.push(checked);
        if (!options.json) await print(printable(lines(checked)), interrupts.signal);
      }
      if (interrupts.signal.aborted) return status.interrupted;
      const results = all.map(({ result }) => result);
      if (options.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
      return statusOf(all);
    } finally {
      await prober?.shutdown();
      interrupts.dispose();
    }
  },
};

interface CheckOptions {
  readonly files: readonly string[];
  readonly probe: boolean;
  readonly json: boolean;
  /** What a probe gives the guests; undefined if no option says. */
  readonly profile: Profile | undefined;
}

function parse(args: readonly string[]): CheckOptions {
  const { own, guest } = splitAtGuest(args);
  const { values, positionals } = readArguments(own, {
    ...profileOptions,
    probe: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (positionals.length === 0 || positionals.includes('')) throw usageError(usageText.checkNeedsFiles());
  const { probe = false, json = false, ...grants } = values;
  const given = guest !== undefined || Object.keys(grants).length > 0;
  if (given && !probe) throw usageError(usageText.grantsWithoutProbe());
  const profile = given ? parseProfile(grants, { args: guest ?? [], stdin: { type: 'empty' } }) : undefined;
  return { files: positionals, probe, json, profile };
}

/** Throws a UsageError for an `--import` that none of the files has. Files that cannot be read are told later. */
async function refuseImportsOfNone({ files, profile }: CheckOptions): Promise<void> {
  if (profile?.modules === undefined) return;
  const imports = new Set<string>();
  let isAnyRead = false;
  for (const file of files) {
    const read = await readBuild(file);
    if (!read.ok) continue;
    isAnyRead = true;
    for (const name of read.value.summary.imports) imports.add(name);
  }
  if (isAnyRead) refuseUnusedImports([...imports], profile);
}

/** Checks files a few at a time and gives the results in the order of the files, each as soon as it can be told. */
async function* checkAll(
  files: readonly string[],
  probing: Probing | null,
  signal: AbortSignal,
): AsyncGenerator<CheckedFile> {
  const lanes = new Limiter(laneCount);
  const progress = new Progress(files.length);
  const jobs = files.map((file) =>
    lanes.run(async () => {
      if (signal.aborted) return null;
      progress.begin(file);
      const checked = await checkFile(file, probing, signal);
      progress.done();
      return checked;
    }),
  );
  for (const job of jobs) {
    const checked = await job;
    if (signal.aborted || checked === null) break;
    progress.clear();
    yield checked;
  }
  progress.clear();
}

function statusOf(all: readonly CheckedFile[]): number {
  if (all.some(({ isUnreadable }) => isUnreadable)) return status.unreadable;
  return all.some(({ result: { repeat } }) => repeat === 'traps' || repeat === 'likely-traps')
    ? status.wouldTrap
    : status.fine;
}

/** A result for people: one line, and its evidence below. */
function lines({ result, notes, advice }: CheckedFile): string {
  const { file, repeat, basis, reason, evidence } = result;
  const head = advice === null ? checkedComponentText(file, repeat, basis, reason) : `${file}: ${reason}`;
  const below = [
    ...evidence.map(({ type, text }) => (type === 'unsupported' ? `${unsupportedHead()} ${text}` : text)),
    ...notes.map(noteLine),
    ...(advice === null ? [] : [advice]),
  ];
  return [head, ...below.map((line) => `    ${line}`), ''].join('\n');
}

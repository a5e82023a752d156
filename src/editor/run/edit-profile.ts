import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { formatCommandLine, parseCommandLine } from '../../calls/command-line';
import type { Profile, StdinSource } from '../../instance/profile';
import { askChoice, askText, type StepEnd, type TextStep } from './multi-step-input';

/** Asks for arguments and environment in one line. Undefined if the user cancels. */
export async function editArguments(name: string, profile: Profile): Promise<Profile | undefined> {
  const { validate, ...step } = commandLineStep(name, profile);
  const line = await vscode.window.showInputBox({ ...step, validateInput: validate });
  return line === undefined ? undefined : withCommandLine(profile, { type: 'answered', answer: line });
}

function commandLineStep(name: string, profile: Profile): TextStep {
  return {
    title: `Arguments and environment of ${name}`,
    prompt: 'NAME=value words first, then arguments; quotes as in a shell. Remembered for this component.',
    placeHolder: 'GREETING=hello first "second one"',
    value: formatCommandLine(profile),
    validate: (text) => {
      const parsed = parseCommandLine(text);
      return parsed.ok ? undefined : parsed.error;
    },
  };
}

function withCommandLine(profile: Profile, end: StepEnd<string>): Profile {
  if (end.type !== 'answered') return profile;
  const parsed = parseCommandLine(end.answer);
  return parsed.ok ? { ...profile, ...parsed.value } : profile;
}

interface Choice extends vscode.QuickPickItem {
  /** Asks for one part of the profile; the profile as it was if the user goes back or leaves. `run` ends the editing, `discard` begins it anew. */
  readonly edit: ((profile: Profile) => Promise<Profile>) | 'run' | 'discard';
}

/** How the editing ended: with a profile to run with, or without a run; what was changed by then is kept as a draft. */
export type EditedGrants =
  | { readonly type: 'run'; readonly profile: Profile }
  | { readonly type: 'left'; readonly draft: Profile | undefined };

/**
 * Lets the user go through all that a run is given and granted.
 * @param draft what they had made of the profile when they left the last time
 */
export async function editGrants(
  name: string,
  profile: Profile,
  draft: Profile | undefined,
): Promise<EditedGrants> {
  let edited = draft ?? profile;
  for (;;) {
    const isChanged = !isDeepStrictEqual(edited, profile);
    const choice = await vscode.window.showQuickPick(choices(name, edited, isChanged), {
      title: `Run ${name} with…`,
      placeHolder: 'Nothing is granted that is not listed here',
      ignoreFocusOut: true,
    });
    if (choice === undefined) return { type: 'left', draft: isChanged ? edited : undefined };
    if (choice.edit === 'run') return { type: 'run', profile: edited };
    edited = choice.edit === 'discard' ? profile : await choice.edit(edited);
  }
}

function choices(name: string, profile: Profile, isChanged: boolean): Choice[] {
  const { dirs, network, stdin, timeoutMs, maxMemoryBytes } = profile;
  return [
    { label: '$(play) Run', description: name, edit: 'run' },
    ...(isChanged
      ? [{ label: '$(discard) Discard changes', description: 'as it was run last', edit: 'discard' } as const]
      : []),
    {
      label: 'Arguments and environment…',
      description: formatCommandLine(profile) || 'none',
      edit: async (now) => withCommandLine(now, await askText(commandLineStep(name, now))),
    },
    {
      label: 'Grant a directory…',
      description: 'none is granted unless it is listed below',
      edit: addDirectory,
    },
    ...dirs.map((dir): Choice => ({
      label: `$(folder) ${dir.guest}`,
      description: `${dir.host} · ${dir.readOnly ? 'read-only' : 'read-write'} · choose to take it away`,
      edit: (now) => Promise.resolve({ ...now, dirs: now.dirs.filter((other) => other !== dir) }),
    })),
    {
      label: `Network: ${network ? 'allowed' : 'off'}`,
      description: 'sockets, name look-up, outgoing HTTP',
      edit: (now) => Promise.resolve({ ...now, network: !now.network }),
    },
    { label: 'Standard input…', description: describeStdin(stdin), edit: editStdin },
    {
      label: 'Time limit…',
      description: timeoutMs === undefined ? 'none' : `${String(timeoutMs / 1000)} s`,
      edit: async (now) =>
        withLimit(now, 'timeoutMs', await askNumber('Time limit in seconds', timeoutMs, 1000, mostSeconds)),
    },
    {
      label: 'Memory limit…',
      description: maxMemoryBytes === undefined ? 'none' : `${String(maxMemoryBytes / mebibyte)} MiB`,
      edit: async (now) =>
        withLimit(
          now,
          'maxMemoryBytes',
          await askNumber('Memory limit in MiB', maxMemoryBytes, mebibyte, mostMebibytes),
        ),
    },
  ];
}

const mebibyte = 1024 * 1024;

/** What a timer can wait is a little less than 25 days; a longer one would fire at once. */
const mostSeconds = 24 * 24 * 3600;

/** A linear memory of 32 bits is never larger. */
const mostMebibytes = 4096;

/** Three steps, of which each leads back to the one before. */
async function addDirectory(profile: Profile): Promise<Profile> {
  let host: string | undefined;
  let guest = '/';
  for (;;) {
    host = await chooseFolder(host);
    if (host === undefined) return profile;
    for (;;) {
      const where = await askText({
        title: 'Where the guest sees it',
        value: guest,
        validate: (text) => (text.startsWith('/') ? undefined : 'A path in the guest begins with /.'),
      });
      if (where.type === 'left') return profile;
      if (where.type === 'back') break;
      guest = where.answer;
      const access = await askChoice(`Access to ${host}`, ['Read-only', 'Read and write']);
      if (access.type === 'left') return profile;
      if (access.type === 'back') continue;
      const grant = { host, guest, readOnly: access.answer === 'Read-only' };
      return { ...profile, dirs: [...profile.dirs.filter((dir) => dir.guest !== guest), grant] };
    }
  }
}

async function chooseFolder(former: string | undefined): Promise<string | undefined> {
  const folders = await vscode.window.showOpenDialog({
    title: 'Directory that the guest may see',
    canSelectFiles: false,
    canSelectFolders: true,
    ...(former === undefined ? {} : { defaultUri: vscode.Uri.file(former) }),
  });
  return folders?.[0]?.fsPath;
}

async function editStdin(profile: Profile): Promise<Profile> {
  const file = 'A file…';
  const kinds: Readonly<Record<string, StdinSource>> = {
    'What is typed in the terminal': { type: 'terminal' },
    'Nothing: it is at its end': { type: 'empty' },
  };
  for (;;) {
    const end = await askChoice('Standard input', [...Object.keys(kinds), file]);
    if (end.type !== 'answered') return profile;
    const kind = kinds[end.answer];
    if (kind !== undefined) return { ...profile, stdin: kind };
    const files = await vscode.window.showOpenDialog({ title: 'File for standard input' });
    const path = files?.[0]?.fsPath;
    if (path !== undefined) return { ...profile, stdin: { type: 'file', path } };
  }
}

function describeStdin(stdin: StdinSource): string {
  switch (stdin.type) {
    case 'terminal':
      return 'the terminal';
    case 'empty':
      return 'nothing';
    case 'file':
      return stdin.path;
  }
}

/** Asks for a positive number; null to take the limit away, undefined to leave it. */
async function askNumber(
  title: string,
  now: number | undefined,
  unit: number,
  most: number,
): Promise<number | null | undefined> {
  const end = await askText({
    title,
    prompt: 'Leave it empty for no limit.',
    value: now === undefined ? '' : String(now / unit),
    validate: (input) =>
      input.trim() === '' || (Number(input) > 0 && Number(input) <= most)
        ? undefined
        : `A number above 0 and up to ${most.toLocaleString('en-US')}, or nothing.`,
  });
  if (end.type !== 'answered') return undefined;
  return end.answer.trim() === '' ? null : Number(end.answer) * unit;
}

function withLimit(
  profile: Profile,
  name: 'timeoutMs' | 'maxMemoryBytes',
  value: number | null | undefined,
): Profile {
  if (value === undefined) return profile;
  const { [name]: _former, ...rest } = profile;
  return value === null ? rest : { ...rest, [name]: value };
}

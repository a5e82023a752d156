import * as vscode from 'vscode';
import { formatCommandLine, parseCommandLine } from '../../instance/command-line';
import type { DirectoryGrant, Profile, StdinSource } from '../../instance/profile';

/** Asks for arguments and environment in one line. Undefined if the user cancels. */
export async function editArguments(name: string, profile: Profile): Promise<Profile | undefined> {
  const line = await vscode.window.showInputBox({
    title: `Arguments and environment of ${name}`,
    prompt: 'NAME=value words first, then arguments; quotes as in a shell. Remembered for this component.',
    placeHolder: 'GREETING=hello first "second one"',
    value: formatCommandLine(profile),
    validateInput: (text) => {
      const parsed = parseCommandLine(text);
      return parsed.ok ? undefined : parsed.error;
    },
  });
  if (line === undefined) return undefined;
  const parsed = parseCommandLine(line);
  return parsed.ok ? { ...profile, ...parsed.value } : undefined;
}

interface Choice extends vscode.QuickPickItem {
  /** Asks for one part of the profile; the profile as it was if the user cancels. `run` ends the editing. */
  readonly edit: ((profile: Profile) => Promise<Profile>) | 'run';
}

/** Lets the user go through all that a run is given and granted. Undefined if they leave without running. */
export async function editGrants(name: string, profile: Profile): Promise<Profile | undefined> {
  let edited = profile;
  for (;;) {
    const choice = await vscode.window.showQuickPick(choices(name, edited), {
      title: `Run ${name} with…`,
      placeHolder: 'Nothing is granted that is not listed here',
      ignoreFocusOut: true,
    });
    if (choice === undefined) return undefined;
    if (choice.edit === 'run') return edited;
    edited = await choice.edit(edited);
  }
}

function choices(name: string, profile: Profile): Choice[] {
  const { dirs, network, stdin, timeoutMs, maxMemoryBytes } = profile;
  return [
    { label: '$(play) Run', description: name, edit: 'run' },
    {
      label: 'Arguments and environment…',
      description: formatCommandLine(profile) || 'none',
      edit: async (now) => (await editArguments(name, now)) ?? now,
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

async function addDirectory(profile: Profile): Promise<Profile> {
  const folders = await vscode.window.showOpenDialog({
    title: 'Directory that the guest may see',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  const host = folders?.[0]?.fsPath;
  if (host === undefined) return profile;
  const guest = await vscode.window.showInputBox({
    title: 'Where the guest sees it',
    value: '/',
    validateInput: (text) => (text.startsWith('/') ? undefined : 'A path in the guest begins with /.'),
  });
  if (guest === undefined) return profile;
  const access = await vscode.window.showQuickPick(['Read-only', 'Read and write'], {
    title: `Access to ${host}`,
  });
  if (access === undefined) return profile;
  const grant: DirectoryGrant = { host, guest, readOnly: access === 'Read-only' };
  return { ...profile, dirs: [...profile.dirs.filter((dir) => dir.guest !== guest), grant] };
}

async function editStdin(profile: Profile): Promise<Profile> {
  const file = 'A file…';
  const kinds: Readonly<Record<string, StdinSource>> = {
    'What is typed in the terminal': { type: 'terminal' },
    'Nothing: it is at its end': { type: 'empty' },
  };
  const choice = await vscode.window.showQuickPick([...Object.keys(kinds), file], {
    title: 'Standard input',
  });
  if (choice === file) {
    const files = await vscode.window.showOpenDialog({ title: 'File for standard input' });
    const path = files?.[0]?.fsPath;
    return path === undefined ? profile : { ...profile, stdin: { type: 'file', path } };
  }
  const stdin = choice === undefined ? undefined : kinds[choice];
  return stdin === undefined ? profile : { ...profile, stdin };
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
  const text = await vscode.window.showInputBox({
    title,
    prompt: 'Leave it empty for no limit.',
    value: now === undefined ? '' : String(now / unit),
    validateInput: (input) =>
      input.trim() === '' || (Number(input) > 0 && Number(input) <= most)
        ? undefined
        : `A number above 0 and up to ${most.toLocaleString('en-US')}, or nothing.`,
  });
  if (text === undefined) return undefined;
  return text.trim() === '' ? null : Number(text) * unit;
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

import { defined } from '../../base/defined';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Result } from '../../base/result';
import { formatCommandLine } from '../../calls/command-line';
import type { GrantError } from '../../calls/grants';
import {
  engineNames,
  engineOf,
  type EngineName,
  type Profile,
  type StdinSource,
} from '../../instance/profile';
import { grantAnswerText } from '../../words/grants';
import { runWithText } from '../../words/run-with';
import {
  memoryLimitText,
  timeLimitText,
  withCommandLine,
  withDirectory,
  withMemoryLimit,
  withTimeLimit,
} from './grant-answers';
import { askChoice, askText, type TextStep } from './multi-step-input';

/** Asks for arguments and environment in one line. Undefined if the user cancels. */
export async function editArguments(name: string, profile: Profile): Promise<Profile | undefined> {
  const { validate, ...step } = commandLineStep(name, profile);
  const line = await vscode.window.showInputBox({ ...step, validateInput: validate });
  return line === undefined ? undefined : valueOr(withCommandLine(profile, line), profile);
}

function commandLineStep(name: string, profile: Profile): TextStep {
  return {
    title: runWithText.argumentsTitle(name),
    prompt: runWithText.argumentsPrompt(),
    placeHolder: runWithText.argumentsExample(),
    value: formatCommandLine(profile),
    validate: (text) => problemOf(withCommandLine(profile, text)),
  };
}

/** Asks for one piece of the profile as text. The profile stays as it was if the user goes back or leaves. */
async function editText(
  profile: Profile,
  step: Omit<TextStep, 'validate'>,
  parse: (profile: Profile, answer: string) => Result<Profile, GrantError>,
): Promise<Profile> {
  const end = await askText({ ...step, validate: (text) => problemOf(parse(profile, text)) });
  return end.type === 'answered' ? valueOr(parse(profile, end.answer), profile) : profile;
}

function problemOf(parsed: Result<Profile, GrantError>): string | undefined {
  return parsed.ok ? undefined : grantAnswerText(parsed.error);
}

/** The input box accepts an answer only without a problem; an answer with one changes nothing. */
function valueOr(parsed: Result<Profile, GrantError>, former: Profile): Profile {
  return parsed.ok ? parsed.value : former;
}

interface Choice extends vscode.QuickPickItem {
  /** Asks for one piece of the profile. `run` ends the editing, `discard` starts it again. */
  readonly edit: ((profile: Profile) => Promise<Profile>) | 'run' | 'discard';
}

/** How the editing ended: with a profile to run, or without a run. Then the changes so far are the draft. */
export type EditedGrants =
  | { readonly type: 'run'; readonly profile: Profile }
  | { readonly type: 'left'; readonly draft: Profile | undefined };

/**
 * Shows everything that a run is given and granted, and lets the user change it.
 * @param draft the changes that the user left unfinished the last time
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
      title: runWithText.title(name),
      placeHolder: runWithText.hint(),
      ignoreFocusOut: true,
    });
    if (choice === undefined) return { type: 'left', draft: isChanged ? edited : undefined };
    if (choice.edit === 'run') return { type: 'run', profile: edited };
    edited = choice.edit === 'discard' ? profile : await choice.edit(edited);
  }
}

function choices(name: string, profile: Profile, isChanged: boolean): Choice[] {
  const { dirs, network, stdin } = profile;
  const none = runWithText.none();
  return [
    { label: `$(play) ${runWithText.run()}`, description: name, edit: 'run' },
    ...(isChanged
      ? [
          {
            label: `$(discard) ${runWithText.discard()}`,
            description: runWithText.discardHint(),
            edit: 'discard',
          } as const,
        ]
      : []),
    {
      label: runWithText.arguments(),
      description: formatCommandLine(profile) || none,
      edit: (now) => editText(now, commandLineStep(name, now), withCommandLine),
    },
    { label: runWithText.directory(), description: runWithText.directoryHint(), edit: addDirectory },
    ...dirs.map((dir): Choice => ({
      label: `$(folder) ${dir.guest}`,
      description: runWithText.granted(dir.host, dir.readOnly),
      edit: (now) => Promise.resolve({ ...now, dirs: now.dirs.filter((other) => other !== dir) }),
    })),
    {
      label: runWithText.network(network),
      description: runWithText.networkHint(),
      edit: (now) => Promise.resolve({ ...now, network: !now.network }),
    },
    { label: runWithText.stdin(), description: describeStdin(stdin), edit: editStdin },
    {
      label: runWithText.engine(engineOf(profile)),
      description: runWithText.engineHint(),
      edit: (now) => Promise.resolve({ ...now, engine: engineAfter(engineOf(now)) }),
    },
    {
      label: runWithText.timeLimit(),
      description: timeLimitText(profile) || none,
      edit: (now) => editText(now, timeLimitStep(now), withTimeLimit),
    },
    {
      label: runWithText.memoryLimit(),
      description: memoryLimitText(profile) || none,
      edit: (now) => editText(now, memoryLimitStep(now), withMemoryLimit),
    },
  ];
}

/** The next of the engines, and the first after the last. */
function engineAfter(engine: EngineName): EngineName {
  return engineNames[(engineNames.indexOf(engine) + 1) % engineNames.length] ?? engine;
}

function timeLimitStep(profile: Profile): Omit<TextStep, 'validate'> {
  return {
    title: runWithText.timeLimitTitle(),
    prompt: runWithText.timeLimitPrompt(),
    value: timeLimitText(profile),
  };
}

function memoryLimitStep(profile: Profile): Omit<TextStep, 'validate'> {
  return {
    title: runWithText.memoryLimitTitle(),
    prompt: runWithText.memoryLimitPrompt(),
    value: memoryLimitText(profile),
  };
}

/** Asks in three steps; each can lead back to the one before. */
async function addDirectory(profile: Profile): Promise<Profile> {
  let host: string | undefined;
  let guest = '/';
  for (;;) {
    host = await chooseFolder(host);
    if (host === undefined) return profile;
    const chosen = host;
    for (;;) {
      const where = await askText({
        title: runWithText.guestTitle(),
        value: guest,
        validate: (text) => problemOf(withDirectory(profile, chosen, text, true)),
      });
      if (where.type === 'left') return profile;
      if (where.type === 'back') break;
      guest = where.answer;
      const [readOnly, readWrite] = [runWithText.readOnly(), runWithText.readWrite()];
      const access = await askChoice(runWithText.accessTitle(chosen), [readOnly, readWrite]);
      if (access.type === 'left') return profile;
      if (access.type === 'back') continue;
      return valueOr(withDirectory(profile, chosen, guest, access.answer === readOnly), profile);
    }
  }
}

async function chooseFolder(former: string | undefined): Promise<string | undefined> {
  const folders = await vscode.window.showOpenDialog({
    title: runWithText.hostTitle(),
    canSelectFiles: false,
    canSelectFolders: true,
    ...defined({ defaultUri: former === undefined ? undefined : vscode.Uri.file(former) }),
  });
  return folders?.[0]?.fsPath;
}

async function editStdin(profile: Profile): Promise<Profile> {
  const file = runWithText.stdinFile();
  const kinds: Readonly<Record<string, StdinSource>> = {
    [runWithText.stdinTerminal()]: { type: 'terminal' },
    [runWithText.stdinEmpty()]: { type: 'empty' },
  };
  for (;;) {
    const end = await askChoice(runWithText.stdinTitle(), [...Object.keys(kinds), file]);
    if (end.type !== 'answered') return profile;
    const kind = kinds[end.answer];
    if (kind !== undefined) return { ...profile, stdin: kind };
    const files = await vscode.window.showOpenDialog({ title: runWithText.stdinFileTitle() });
    const path = files?.[0]?.fsPath;
    if (path !== undefined) return { ...profile, stdin: { type: 'file', path } };
  }
}

function describeStdin(stdin: StdinSource): string {
  switch (stdin.type) {
    case 'terminal':
      return runWithText.stdinTerminal();
    case 'empty':
      return runWithText.stdinEmpty();
    case 'file':
      return stdin.path;
  }
}

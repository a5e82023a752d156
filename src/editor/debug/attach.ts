import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { attachText } from '../../words/debug';
import { attachConfiguration } from './attach-configuration';
import { DeadlinePassed, within } from './deadline';
import { entryLine } from './entry-line';
import type { GuestWatch } from './guest-watch';
import type { Launch } from './launch-configuration';
import { locateSource, relativeSourceNames, sourceRoot } from './source-root';

/** How long js-debug may take to attach, in ms; it takes about 1 s. */
const attachMs = 15_000;

/** How long reading the debug information may take before the guest runs anyway, in ms. */
const modulesMs = 15_000;

/**
 * Attaches js-debug to a runner that waits, in a session below ours. Resolves when breakpoints in the guest's sources stand.
 * Rejects with words for the user if nothing attaches in time; the runner is then of no use.
 */
export async function attachDebugger(parts: {
  readonly session: vscode.DebugSession;
  readonly watch: GuestWatch;
  readonly url: string;
  readonly moduleCount: number;
  readonly launch: Launch;
  readonly componentPath: string;
  /** The exported interface whose run is called. */
  readonly runExport: string;
  readonly say: (text: string) => void;
}): Promise<void> {
  const { session, watch, launch, componentPath } = parts;
  const component = await readFile(componentPath);
  const root = findSourceRoot(componentPath, component);
  const { sourceMap } = launch;
  const configuration = attachConfiguration({
    name: basename(componentPath),
    url: parts.url,
    sourceRoot: root,
    sourceMap,
  });
  const started = vscode.debug.startDebugging(session.workspaceFolder, configuration, {
    parentSession: session,
    lifecycleManagedByParent: true,
    compact: true,
    consoleMode: vscode.DebugConsoleMode.MergeWithParent,
    suppressSaveBeforeStart: true,
  });
  if (!(await within(attachMs, attachText.late, started))) {
    throw new Error(attachText.failed());
  }
  try {
    await within(modulesMs, attachText.infoLate, watch.untilModulesAreRead(parts.moduleCount));
  } catch (error) {
    if (!(error instanceof DeadlinePassed)) throw error;
    parts.say(error.message);
  }
  if (!launch.stopOnEntry) return;
  const entry = entryLine(component, parts.runExport);
  if (entry === null) parts.say(attachText.noMain());
  else {
    const place = { ...entry, file: locateSource(entry.file, root, sourceMap) };
    await within(attachMs, attachText.entryLate, watch.stopOnceAt(place));
  }
}

function findSourceRoot(componentPath: string, component: Uint8Array): string {
  const names = relativeSourceNames(component);
  const folders: string[] = [];
  for (let folder = dirname(componentPath); folder !== dirname(folder); folder = dirname(folder))
    folders.push(folder);
  return sourceRoot(names, folders, existsSync) ?? dirname(componentPath);
}

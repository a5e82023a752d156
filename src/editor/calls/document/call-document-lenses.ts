import { verdictReason } from '../../../words/verdict';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/disposable';
import type { CallPlan } from '../../../calls/plan-call';
import type { HandleCommand } from '../../../calls/handle-commands';
import { callLensText } from '../../../words/calls';
import { commandIds, waveLanguage, type CommandId } from '../../common/ids';
import { LensChanges } from '../../common/lens-changes';
import { lensTitle } from '../../common/lens-title';
import { shownDocuments } from '../../common/shown-documents';
import { settings } from '../../settings/settings';
import type { CallDocuments, ReadCall, ReadCalls } from './call-documents';
import { isCallDocument } from './call-editor';

const selector: vscode.DocumentSelector = { language: waveLanguage };

/** Lenses over the calls of a WAVE document: make it, make it on a fresh instance, compare, and what it returned last. */
export class CallDocumentLenses implements vscode.CodeLensProvider, Disposable {
  readonly #documents: CallDocuments;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new LensChanges(shownDocuments(selector)));

  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(documents: CallDocuments) {
    this.#documents = documents;
    this.#owned.add(documents.onDidChange(this.#changes.note));
    this.#owned.add(vscode.languages.registerCodeLensProvider(selector, this));
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    this.#changes.asked(document.uri.toString());
    if (!isCallDocument(document) || !settings.showsLenses(document)) return [];
    const read = await this.#documents.read(document);
    if (read.subject === undefined) return [chooseLens(document, read)];
    if (!vscode.workspace.isTrusted) return [];
    return read.calls.flatMap((call) => callLenses(document, call, read.subject));
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

function chooseLens(document: vscode.TextDocument, { problem }: ReadCalls): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
    title: problem === undefined ? callLensText.choose() : callLensText.chooseOther(),
    command: commandIds.chooseComponent,
    arguments: [document.uri],
  });
}

function callLenses(
  document: vscode.TextDocument,
  call: ReadCall,
  subject: ReadCalls['subject'],
): vscode.CodeLens[] {
  if (subject === undefined) return [];
  const { checked, command, offset, text, last, plan } = call;
  const start = document.positionAt(offset);
  const range = new vscode.Range(start, start);
  const here = { uri: document.uri.toString(), offset };
  const { instance, component } = subject;
  const { name, path } = component;
  if (command !== undefined && instance !== undefined)
    return [lensOf(range, handleLens(command, name, instance.number), here)];
  if (checked?.ok !== true) return [];
  return [
    ...(plan?.type === 'call' || plan?.type === 'ask'
      ? [lensOf(range, sameInstanceLens(plan, name), here)]
      : []),
    lensOf(
      range,
      {
        title: `$(run-all) ${callLensText.callFresh()}`,
        tooltip: callLensText.callFreshHint(name),
        command: commandIds.runCallAtCursorFresh,
      },
      here,
    ),
    lensOf(
      range,
      {
        title: `$(diff) ${callLensText.compare()}`,
        tooltip: callLensText.compareHint(),
        command: commandIds.compareReuse,
      },
      { path, text },
    ),
    ...(last === undefined ? [] : [resultLens(range, last)]),
  ];
}

interface LensText {
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId;
}

function lensOf(
  range: vscode.Range,
  { title, tooltip, command }: LensText,
  argument: object,
): vscode.CodeLens {
  return new vscode.CodeLens(range, { title: lensTitle(title), tooltip, command, arguments: [argument] });
}

/** The lens that calls on an instance that is there. */
function sameInstanceLens(plan: Extract<CallPlan, { type: 'call' | 'ask' }>, name: string): LensText {
  const { number } = plan.instance;
  const command = commandIds.runCallAtCursor;
  return plan.type === 'call'
    ? { title: `$(play) ${callLensText.call(number)}`, tooltip: callLensText.callHint(name, number), command }
    : {
        title: `$(warning) ${callLensText.wouldTrap(number)}`,
        tooltip: callLensText.wouldTrapHint(verdictReason(plan.why)),
        command,
      };
}

/** The lens over a line about handles. */
function handleLens(line: HandleCommand, name: string, number: number): LensText {
  const command = commandIds.runCallAtCursor;
  switch (line.type) {
    case 'read':
      return {
        title: `$(output) ${callLensText.read(number)}`,
        tooltip: callLensText.readHint(line.names, name, number),
        command,
      };
    case 'drop':
      return {
        title: `$(trash) ${callLensText.drop(number)}`,
        tooltip: callLensText.dropHint(line.names, name, number),
        command,
      };
    case 'list':
      return {
        title: `$(list-unordered) ${callLensText.handles(number)}`,
        tooltip: callLensText.handlesHint(),
        command,
      };
  }
}

function resultLens(range: vscode.Range, { instance, made }: NonNullable<ReadCall['last']>): vscode.CodeLens {
  const { call, folded } = made;
  const outcome = call.ended?.outcome.type ?? 'running';
  return new vscode.CodeLens(range, {
    title: `#${String(instance.number)} → ${folded ?? outcome}`,
    tooltip: folded === null ? callLensText.noResult() : callLensText.showResult(),
    command: folded === null ? commandIds.showTerminal : commandIds.showResult,
    arguments: [{ path: instance.build.path, id: instance.id, number: call.number }],
  });
}

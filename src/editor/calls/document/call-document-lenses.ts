import { verdictReason } from '../../../words/verdict';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/disposable';
import type { CallPlan } from '../../../calls/plan-call';
import { commandIds, waveLanguage } from '../../common/ids';
import { LensChanges } from '../../common/lens-changes';
import { lensTitle } from '../../common/lens-title';
import { settings } from '../../settings/settings';
import type { CallDocuments, ReadCall, ReadCalls } from './call-documents';
import { isCallDocument } from './call-editor';

/** Lenses over the calls of a WAVE document: make it, make it on a fresh instance, compare, and what it returned last. */
export class CallDocumentLenses implements vscode.CodeLensProvider, Disposable {
  readonly #documents: CallDocuments;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new LensChanges());

  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(documents: CallDocuments) {
    this.#documents = documents;
    this.#owned.add(documents.onDidChange(this.#changes.note));
    this.#owned.add(vscode.languages.registerCodeLensProvider({ language: waveLanguage }, this));
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
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
    title: problem === undefined ? 'Choose the component of these calls…' : 'Choose another component…',
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
  const target = { uri: document.uri.toString(), offset };
  const { instance, component } = subject;
  const lens = (title: string, tooltip: string, command: string, argument: unknown) =>
    new vscode.CodeLens(range, { title: lensTitle(title), tooltip, command, arguments: [argument] });
  const sameInstanceLens = (plan: Extract<CallPlan, { type: 'call' | 'ask' }>) => {
    const which = `#${String(plan.instance.number)}`;
    return plan.type === 'call'
      ? lens(
          `$(play) Call on ${which}`,
          `Call it on instance ${which} of ${component.name}, which keeps its state`,
          commandIds.runCallAtCursor,
          target,
        )
      : lens(
          `$(warning) Calling it again on ${which} would trap`,
          `${verdictReason(plan.why)}. Click to decide.`,
          commandIds.runCallAtCursor,
          target,
        );
  };
  if (command !== undefined && instance !== undefined) {
    const which = `#${String(instance.number)}`;
    if (command.type === 'read') {
      return [
        lens(
          `$(output) Read on ${which}`,
          `Show what ${command.names.join(', ')} holds, in the terminal of instance ${which} of ${component.name}`,
          commandIds.runCallAtCursor,
          target,
        ),
      ];
    }
    return command.type === 'drop'
      ? [
          lens(
            `$(trash) Drop on ${which}`,
            `Drop ${command.names.join(', ')}: the destructor runs in instance ${which} of ${component.name}`,
            commandIds.runCallAtCursor,
            target,
          ),
        ]
      : [
          lens(
            `$(list-unordered) List Handles of ${which}`,
            'List the resources that calls on it returned',
            commandIds.runCallAtCursor,
            target,
          ),
        ];
  }
  if (checked?.ok !== true) return [];
  return [
    ...(plan?.type === 'call' || plan?.type === 'ask' ? [sameInstanceLens(plan)] : []),
    lens(
      '$(run-all) Call in Fresh Instance',
      `Call it on a fresh instance of ${component.name}`,
      commandIds.runCallAtCursorFresh,
      target,
    ),
    lens(
      '$(diff) Compare',
      'Call it again and again on one instance and on fresh ones, and say what differs',
      commandIds.compareReuse,
      { path: component.path, text },
    ),
    ...(last === undefined ? [] : [resultLens(range, last)]),
  ];
}

function resultLens(range: vscode.Range, { instance, made }: NonNullable<ReadCall['last']>): vscode.CodeLens {
  const { call, folded } = made;
  const outcome = call.ended?.outcome.type ?? 'running';
  return new vscode.CodeLens(range, {
    title: `#${String(instance.number)} → ${folded ?? outcome}`,
    tooltip: folded === null ? 'The call did not return' : 'Show the whole result',
    command: folded === null ? commandIds.showTerminal : commandIds.showResult,
    arguments: [{ path: instance.build.path, id: instance.id, number: call.number }],
  });
}

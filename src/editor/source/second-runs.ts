import { dirname, resolve } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { Knowledge } from '../../calls/knowledge';
import { isTranspiledModule, type SecondRunFinding } from '../../source/host/host-findings';
import { referencedComponents } from '../../source/referenced-component';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent } from '../components/known-component';
import { settings } from '../settings/settings';
import { secondRunText as words } from '../../words/second-runs';
import { productName } from '../common/ids';
import { secondRunText, type SecondRunText } from './second-run-text';
import type { SourceCache } from './source-cache';

/** A second run in host code, with what is known of the component that it means. */
export interface SecondRun {
  readonly finding: SecondRunFinding;
  readonly component: KnownComponent | undefined;
  readonly text: SecondRunText;
  readonly range: vscode.Range;
}

const upstream = vscode.Uri.parse('https://github.com/bytecodealliance/wasmtime/issues/10219');

/** Verdicts change in bursts; warnings are updated after this delay, in ms. */
const settleMs = 100;

/** Second runs in the open host programs: which they are, and the diagnostics for them. */
export class SecondRuns implements Disposable {
  readonly #book: SourceCache;
  readonly #library: ComponentLibrary;
  readonly #knowledge: Knowledge;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new Emitter<void>());
  readonly #diagnostics = this.#owned.add(vscode.languages.createDiagnosticCollection('fresh-instance'));
  readonly #runs = new Map<string, readonly SecondRun[]>();
  #settling: NodeJS.Timeout | undefined;

  constructor(book: SourceCache, library: ComponentLibrary, knowledge: Knowledge) {
    this.#book = book;
    this.#library = library;
    this.#knowledge = knowledge;
    const allLater = () => {
      this.#settling ??= setTimeout(() => {
        this.#settling = undefined;
        for (const document of vscode.workspace.textDocuments) void this.#update(document);
      }, settleMs);
    };
    this.#owned.add(book.onDidChange((document) => void this.#update(document)));
    this.#owned.add(library.onDidChange(allLater));
    this.#owned.add(knowledge.onDidChange(allLater));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('freshInstance.diagnostics')) allLater();
      }),
    );
  }

  /** Fires when the second runs of a document have changed. */
  readonly onDidChange = this.#changes.event;

  /** The second runs of a document that there is something to say about. */
  of(document: vscode.TextDocument): readonly SecondRun[] {
    return this.#runs.get(document.uri.toString()) ?? [];
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#owned.dispose();
  }

  async #update(document: vscode.TextDocument): Promise<void> {
    const id = document.uri.toString();
    const found = this.#book.get(document);
    if (found === undefined && !this.#runs.has(id)) return;
    const isAsked = settings.diagnosesSecondRuns(document);
    const runs = isAsked ? await this.#resolve(document) : [];
    if (runs.length === 0) this.#runs.delete(id);
    else this.#runs.set(id, runs);
    const isTooDeep = isAsked && this.#book.get(document)?.findings.tooDeep === true;
    this.#diagnostics.set(document.uri, [
      ...(isTooDeep ? [tooDeep(document)] : []),
      ...runs.map((run) => toDiagnostic(document.uri, run)),
    ]);
    this.#changes.fire();
  }

  async #resolve(document: vscode.TextDocument): Promise<readonly SecondRun[]> {
    const runs: SecondRun[] = [];
    for (const finding of this.#book.get(document)?.findings.secondRuns ?? []) {
      if (!(await meansComponent(finding, document.uri.fsPath))) continue;
      const component = this.#componentOf(finding, document.uri.fsPath);
      const text = secondRunText(finding, this.#subject(component));
      if (text !== null) runs.push({ finding, component, text, range: toRange(finding.range) });
    }
    return runs;
  }

  #componentOf({ component }: SecondRunFinding, hostFile: string): KnownComponent | undefined {
    if (component === undefined) return undefined;
    const known = this.#library
      .all()
      .flatMap(({ path, content }) =>
        content.type === 'component' ? [{ path, mtimeMs: content.build.modifiedAt }] : [],
      );
    const [first] = referencedComponents(component, hostFile, known);
    return first && this.#library.get(first.path);
  }

  #subject(component: KnownComponent | undefined) {
    return component?.content.type === 'component'
      ? { name: component.name, verdict: this.#knowledge.verdict(component.content.build.sha256) }
      : undefined;
  }
}

/** Other modules have a `run` too: one that is there and that jco did not make has nothing to do with components. */
async function meansComponent({ component }: SecondRunFinding, hostFile: string): Promise<boolean> {
  if (component?.type !== 'module' || !component.specifier.startsWith('.')) return true;
  try {
    const module = vscode.Uri.file(resolve(dirname(hostFile), component.specifier.replace(/\?.*$/, '')));
    return isTranspiledModule(new TextDecoder().decode(await vscode.workspace.fs.readFile(module)));
  } catch {
    // It has not been built yet.
    return true;
  }
}

function tooDeep(document: vscode.TextDocument): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    document.lineAt(0).range,
    words.tooDeep(),
    vscode.DiagnosticSeverity.Information,
  );
  diagnostic.source = productName;
  return diagnostic;
}

function toDiagnostic(uri: vscode.Uri, { finding, text, range }: SecondRun): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    range,
    text.message,
    text.severity === 'warning' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information,
  );
  const related = (at: SecondRunFinding['range'] | undefined, message: string) =>
    at === undefined
      ? []
      : [new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, toRange(at)), message)];
  diagnostic.source = productName;
  diagnostic.code = { value: 'second-run', target: upstream };
  diagnostic.relatedInformation = [
    ...related(finding.instantiation, words.madeHere()),
    ...(finding.isRepeated ? [] : related(finding.first, words.firstRun())),
    ...finding.via.flatMap((at) => related(at, words.calledFrom())),
  ];
  return diagnostic;
}

/** The editor's range of a finding's. */
export function toRange({ start, end }: SecondRunFinding['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

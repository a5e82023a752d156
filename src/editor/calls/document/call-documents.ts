import { defined } from '../../../base/defined';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/disposable';
import { Emitter } from '../../../base/event';
import type { Result } from '../../../base/result';
import type { ParsedCall } from '../../../component/wave/call';
import type { CallText } from '../../../component/wave/split-calls';
import type { WaveError } from '../../../component/wave/error';
import { parseHandleCommand, type HandleCommand } from '../../../calls/handle-commands';
import type { Knowledge } from '../../../calls/knowledge';
import type { CallPlan } from '../../../calls/plan-call';
import { refOf } from '../../../instance/call';
import type { CallPlanner } from '../../engine/call-planner';
import type { ProfileStore } from '../../engine/profile-store';
import { handlesOnOther } from '../../../words/plan';
import type { CallReaders, NextReader } from '../call-readers';
import type { InstanceRegistry } from '../../../instance/registry';
import { UserError } from '../../common/user-error';
import type { ComponentLibrary } from '../../components/component-library';
import type { KnownComponent } from '../../components/known-component';
import type { CallOnInstance, CallService } from '../call-service';
import type { HandleService } from '../handle-service';
import { callAt, readCallDocument, type CallDocument } from './call-document';
import { isCallDocument, rangeOf, type CallEditor } from './call-editor';
import { callDocumentErrors, callDocumentText } from '../../../words/calls';
import { productName } from '../../common/ids';
import { waveErrorText } from '../../../words/wave-error';

/** The instances change in bursts; lenses and diagnostics follow this much later, in ms. */
const settleMs = 100;

/** A document of calls, with what is known of its component. */
export interface ReadCalls {
  /** Undefined where the document names none, or none that can be called. */
  readonly subject?: Subject;
  /** What is wrong with what the document says of its component. */
  readonly problem?: { readonly message: string; readonly offset: number; readonly length: number };
  readonly calls: readonly ReadCall[];
}

/** What the calls are for. */
interface Subject extends NextReader {
  readonly component: KnownComponent;
}

/** A call of a document. */
export interface ReadCall extends CallText {
  /** Undefined as long as the component is not known, and for lines such as `:drop $1`. */
  readonly checked?: Result<ParsedCall, WaveError>;
  /** What is asked for that is no call, but about the handles that calls returned. */
  readonly command?: HandleCommand;
  /** Which instance it would be made on; absent for a text that is no call. */
  readonly plan?: CallPlan;
  /** How the call last ended that was made with just this text. */
  readonly last?: CallOnInstance;
}

interface Kept {
  readonly version: number;
  readonly reading: Promise<ReadCalls>;
}

/** What {@link CallDocuments} works with. */
export interface CallDocumentsParts {
  readonly calls: CallService;
  readonly readers: CallReaders;
  readonly planner: CallPlanner;
  readonly profiles: ProfileStore;
  readonly knowledge: Knowledge;
  readonly handles: HandleService;
  readonly editor: CallEditor;
  readonly library: ComponentLibrary;
  readonly registry: InstanceRegistry;
}

/** WAVE documents of calls: what stands in them, diagnostics for it, and the calls that are made from them. */
export class CallDocuments implements Disposable {
  readonly #parts: CallDocumentsParts;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new Emitter<void>());
  readonly #diagnostics = this.#owned.add(vscode.languages.createDiagnosticCollection('fresh-instance-wave'));
  readonly #kept = new WeakMap<vscode.TextDocument, Kept>();
  readonly #made = new WeakMap<vscode.TextDocument, Map<string, CallOnInstance>>();
  #settling: NodeJS.Timeout | undefined;

  constructor(parts: CallDocumentsParts) {
    const { library, registry } = parts;
    this.#parts = parts;
    const later = () => {
      this.#refreshLater();
    };
    this.#owned.add(library.onDidChange(later));
    this.#owned.add(registry.onDidChange(later));
    this.#owned.add(parts.profiles.onDidChange(later));
    this.#owned.add(parts.knowledge.onDidChange(later));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(later));
    this.#owned.add(vscode.workspace.onDidOpenTextDocument((document) => void this.#diagnose(document)));
    this.#owned.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => void this.#diagnose(document)),
    );
    this.#owned.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#diagnostics.delete(uri);
      }),
    );
    this.#refresh();
  }

  /** Fires when lenses are to be asked for anew. */
  readonly onDidChange = this.#changes.event;

  /** Reads a document as it is now. Resolves with no calls for one that is not of calls. */
  async read(document: vscode.TextDocument): Promise<ReadCalls> {
    if (!isCallDocument(document)) return { calls: [] };
    const { version } = document;
    const kept = this.#kept.get(document);
    if (kept?.version === version) return await kept.reading;
    const reading = this.#read(document);
    this.#kept.set(document, { version, reading });
    return await reading;
  }

  /** Makes the call of a document at an offset. The errors are for the user to read. */
  async call(document: vscode.TextDocument, offset: number, fresh: boolean): Promise<void> {
    if (!isCallDocument(document)) {
      throw new UserError(...callDocumentErrors.notWave());
    }
    const { subject, problem, calls } = await this.read(document);
    if (subject === undefined) {
      throw new UserError(...callDocumentErrors.noComponent(problem?.message));
    }
    const at = callAt(calls, offset);
    if (at === undefined) throw new UserError(...callDocumentErrors.noCallAtCursor());
    if (at.command !== undefined) {
      await this.#carryOut(subject, at.command, fresh);
      return;
    }
    const made = await this.#parts.calls.call({
      component: subject.component,
      text: at.text,
      unasked: true,
      fresh,
    });
    if (made === undefined) return;
    const results = this.#made.get(document) ?? new Map<string, CallOnInstance>();
    this.#made.set(document, results.set(at.text, made));
    this.#refreshLater();
  }

  async #carryOut(
    { component, instance, insteadOf }: Subject,
    command: HandleCommand,
    fresh: boolean,
  ): Promise<void> {
    if (instance === undefined || fresh) {
      const problem =
        fresh || insteadOf === undefined ? undefined : handlesOnOther(component.name, insteadOf);
      throw new UserError(...callDocumentErrors.noHandles(component.name, problem));
    }
    await this.#parts.handles.carryOut(component.name, instance, command);
    this.#refreshLater();
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#owned.dispose();
  }

  async #read(document: vscode.TextDocument): Promise<ReadCalls> {
    const { component: named, calls } = readCallDocument(document.getText());
    const found = await this.#subject(document, named);
    const made = this.#made.get(document);
    return {
      ...found,
      calls: calls.map((call) => {
        const last = made?.get(call.text);
        const command = parseHandleCommand(call.text);
        if (command !== null) return { ...call, command };
        const { subject } = found;
        const checked = subject?.reader.check(call.text);
        return {
          ...call,
          ...defined({ checked, last }),
          ...(subject === undefined || checked?.ok !== true
            ? {}
            : {
                plan: this.#parts.planner.preview(subject.component.path, {
                  export: refOf(checked.value.callee),
                }),
              }),
        };
      }),
    };
  }

  async #subject(
    document: vscode.TextDocument,
    named: CallDocument['component'],
  ): Promise<Pick<ReadCalls, 'subject' | 'problem'>> {
    if (named === null) return {};
    const problem = (message: string) => ({
      problem: { message, offset: named.offset, length: named.path.length },
    });
    const path = await this.#parts.editor.find(document, named.path);
    if (path === undefined) return problem(callDocumentText.noFile(named.path));
    const component = this.#parts.library.get(path) ?? (await this.#parts.library.load(path));
    try {
      return { subject: { component, ...(await this.#parts.readers.next(component)) } };
    } catch (error) {
      if (error instanceof UserError) return problem(error.message);
      throw error;
    }
  }

  #refreshLater(): void {
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      this.#refresh();
    }, settleMs);
  }

  /** What is known of components or instances is another now. */
  #refresh(): void {
    for (const document of vscode.workspace.textDocuments) {
      this.#kept.delete(document);
      void this.#diagnose(document);
    }
    this.#changes.fire();
  }

  async #diagnose(document: vscode.TextDocument): Promise<void> {
    if (!isCallDocument(document)) return;
    const { version } = document;
    const { problem, calls } = await this.read(document);
    if (document.isClosed || document.version !== version) return;
    const diagnostics = calls.flatMap(({ offset, checked }) => {
      if (checked === undefined || checked.ok) return [];
      const { error } = checked;
      return [toDiagnostic(document, waveErrorText(error), offset + error.offset, error.end - error.offset)];
    });
    if (problem !== undefined) {
      diagnostics.unshift(toDiagnostic(document, problem.message, problem.offset, problem.length));
    }
    this.#diagnostics.set(document.uri, diagnostics);
  }
}

function toDiagnostic(
  document: vscode.TextDocument,
  message: string,
  offset: number,
  length: number,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(document, offset, length), message);
  diagnostic.source = productName;
  return diagnostic;
}

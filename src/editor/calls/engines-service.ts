import { CallReader } from '../../calls/call-reader';
import {
  compareEngines,
  type ComparedCall,
  type EnginesError,
} from '../../calls/compare-engines/compare-engines';
import type { Engine } from '../../engine/engine';
import { isRunRef, refOf, type ExportRef } from '../../instance/call';
import type { InstanceRegistry } from '../../instance/registry';
import { enginesErrorText, enginesText } from '../../words/compare-engines';
import { readRefusals } from '../../words/user-errors';
import { withCancellable } from '../common/cancellable-progress';
import { mayRun } from '../common/trust';
import { UserError } from '../common/user-error';
import type { ExportCache } from '../components/export-cache';
import type { KnownComponent, ReadComponent } from '../components/known-component';
import { readOrRefuse } from '../components/read-or-refuse';
import type { ProfileStore } from '../engine/profile-store';
import type { EnginesPanels } from '../pages/engines-panel';
import { engineActions, offerActions } from '../run/engine-actions';
import { askCallOrEdit, type EditCall } from './ask-call';
import type { CallHistory } from './call-history';

/** What {@link EnginesService} works with. */
export interface EnginesServiceParts {
  /** An engine for comparisons alone, with a registry of its own: its instances are not the user's, and it pre-warms none. */
  readonly comparing: { readonly engine: Engine; readonly registry: InstanceRegistry };
  readonly exports: ExportCache;
  readonly profiles: ProfileStore;
  readonly history: CallHistory;
  readonly panels: EnginesPanels;
  readonly editCall: EditCall;
}

/** What is compared: a call as text or an export to begin with; by default the run, and for a library a call that the user writes. */
export interface ComparedSubject {
  readonly text?: string;
  readonly export?: ExportRef;
}

/** Compares engines for the user: asks for the call, shows progress and a page. */
export class EnginesService {
  readonly #parts: EnginesServiceParts;

  constructor(parts: EnginesServiceParts) {
    this.#parts = parts;
  }

  /** Compares the engines on a component. Resolves when the page is shown, or the user has been told why there is none. */
  async compare(component: KnownComponent, subject: ComparedSubject): Promise<void> {
    const { comparing, profiles, panels } = this.#parts;
    const { name, path } = component;
    const content = readOrRefuse(component, readRefusals.run);
    if (!(await mayRun(name))) return;
    const call = await this.#callOf(component, content, subject);
    if (call === undefined) return;
    const compared = await withCancellable(enginesText.comparing(name), (signal, show) =>
      compareEngines({
        ...comparing,
        build: content.build,
        profile: profiles.get(path),
        call,
        signal,
        onTurn: (engine) => {
          show(enginesText.onEngine(engine));
        },
      }),
    );
    if (compared.ok) panels.show(component, compared.value);
    else tell(compared.error);
  }

  /** What is to be made; undefined if the user cancels or continues in an editor. */
  async #callOf(
    component: KnownComponent,
    { summary }: ReadComponent,
    { text, export: ref }: ComparedSubject,
  ): Promise<ComparedCall | undefined> {
    const run = summary.entry === null ? undefined : { interface: summary.entry, func: 'run' };
    if (run !== undefined && text === undefined && (ref === undefined || isRunRef(ref)))
      return { type: 'run', ref: ref === undefined ? run : refOf(ref) };
    const exports = await this.#parts.exports.of(component);
    const reader = new CallReader(exports);
    const written = text ?? (await this.#ask(component, reader, ref));
    if (written === undefined) return undefined;
    const read = reader.check(written);
    return read.ok && isRunRef(read.value.callee)
      ? { type: 'run', ref: refOf(read.value.callee) }
      : { type: 'call', text: written, exports };
  }

  async #ask(
    component: KnownComponent,
    reader: CallReader,
    ref: ExportRef | undefined,
  ): Promise<string | undefined> {
    const { history, editCall } = this.#parts;
    const title = enginesText.ask(component.name);
    const prefilled = await history.example(component, ref);
    return await askCallOrEdit({ title, component, reader, prefilled }, editCall);
  }
}

function tell(error: EnginesError): void {
  const text = enginesErrorText(error);
  if (text === null) return;
  if (error.type !== 'no-wasmtime') throw new UserError(...text);
  void offerActions(text.join(' '), engineActions(error.failure));
}

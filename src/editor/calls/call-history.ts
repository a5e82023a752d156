import { exampleArguments } from '../../component/wave/example';
import { shortestName, type Callable } from '../../component/wave/export-lookup';
import { callText, resultText } from '../../calls/call-text';
import { isRunRef, isSameExport, type Call, type ExportRef } from '../../instance/call';
import type { Instance } from '../../instance/registry';
import type { TextPages } from '../pages/text-pages';
import { UserError } from '../common/user-error';
import type { ExportCache } from '../components/export-cache';
import type { KnownComponent } from '../components/known-component';
import type { CallReaders } from './call-readers';
import { callErrors } from '../../words/calls';

/** What {@link CallHistory} works with. */
export interface CallHistoryParts {
  readonly exports: ExportCache;
  readonly readers: CallReaders;
  readonly pages: TextPages;
}

/** Calls as text: those of the history with what they returned, and examples to begin with. */
export class CallHistory {
  readonly #parts: CallHistoryParts;

  constructor(parts: CallHistoryParts) {
    this.#parts = parts;
  }

  /** A call of an export with valid arguments, to begin with; empty if none is given. Rejects with a UserError as {@link ExportCache.of}. */
  async example(component: KnownComponent, ref: ExportRef | undefined): Promise<string> {
    const exports = await this.#parts.exports.of(component);
    const callee = ref === undefined ? undefined : find(ref, exports);
    if (callee === undefined) return '';
    return `${shortestName(callee, exports)}(${exampleArguments(callee.type.params, () => []) ?? ''})`;
  }

  /** A call of the history as text, to make it again or to copy it. */
  async textOf(component: KnownComponent, call: Call): Promise<string> {
    const exports = await this.#parts.exports.of(component);
    const callee = find(call.export, exports);
    if (callee === undefined) {
      throw new UserError(...callErrors.notExported(component.name, call.export.func));
    }
    return callText(callee, isRunRef(call.export) ? '' : call.arguments, exports);
  }

  /** Opens what a call of the history returned, in full. */
  async showResult(component: KnownComponent, instance: Instance, call: Call): Promise<void> {
    const session = await this.#parts.readers.session(component, instance);
    const callee = find(call.export, session.exports);
    const outcome = call.ended?.outcome;
    if (outcome !== undefined && 'forgotten' in outcome) {
      throw new UserError(...callErrors.resultDiscarded(call.export.func));
    }
    const text = callee && outcome ? resultText(callee, outcome, session.handles) : null;
    if (text !== null) await this.#parts.pages.show(`${call.export.func} result.wave`, text);
  }
}

function find(ref: ExportRef, exports: readonly Callable[]): Callable | undefined {
  return exports.find((callee) => isSameExport(callee, ref));
}

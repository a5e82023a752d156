import { isRunExport } from '../../component/wasi';
import { plainName, type Callable } from '../../component/wave/export-lookup';
import { printFunction } from '../../component/wit-print';
import { refOf, type ExportRef } from '../../instance/call';
import type { Verdict } from '../../reuse/verdict';
import { wouldTrapAgain } from '../../words/repeat';
import { commandIds, type CommandId } from '../common/ids';
import { exportLensText } from '../../words/lenses';

/** How many functions of one interface get a lens of their own; more would not fit the width of an editor. */
const ownLenses = 4;

/** A lens over an export of a component's world. */
export interface CallLens {
  /** 0-based line and characters of the export's name. */
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId;
  readonly target: { readonly path: string; readonly export?: ExportRef };
}

/**
 * The lenses that call what a component exports. `run` has lenses of its own.
 * @param text the component's interface as wasm-tools prints it: one item of the world a line
 * @param warningOf the verdict that a call of an export would trap if it was made now; undefined where it would not
 */
export function callLenses(
  text: string,
  path: string,
  exports: readonly Callable[],
  warningOf: (ref: ExportRef) => Verdict | undefined = () => undefined,
): readonly CallLens[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => /^world .*\{/.test(line));
  const to = lines.findIndex((line, index) => index > from && line.startsWith('}'));
  if (from < 0) return [];
  return lines.slice(0, to < 0 ? undefined : to).flatMap((line, index) => {
    // `export add: func(…)`, `export samples:workshop/greetings@1.0.0;`, `export own: interface {`
    const [whole, keyword, name] = /^( +export )%?([^\s;]+?)(?=;|: )/.exec(line) ?? [];
    if (index < from || whole === undefined || keyword === undefined || name === undefined) return [];
    if (isRunExport(name)) return [];
    const place = { line: index, character: keyword.length, length: whole.length - keyword.length };
    const callees = exports.filter((callee) => (callee.interface ?? callee.func) === name);
    const shown = callees.length <= ownLenses ? callees : callees.slice(0, ownLenses - 1);
    return [
      ...shown.flatMap((callee) =>
        callsOf(callee, path, warningOf(refOf(callee))).map((call) => ({ ...place, ...call })),
      ),
      ...(shown.length === callees.length
        ? []
        : [{ ...place, ...anyOf(name, callees.length - shown.length, path) }]),
    ];
  });
}

type CallOf = Pick<CallLens, 'title' | 'tooltip' | 'command' | 'target'>;

function callsOf(callee: Callable, path: string, warning: Verdict | undefined): readonly CallOf[] {
  const name = plainName(callee.func);
  const target = { path, export: refOf(callee) };
  const call = {
    title: `${warning === undefined ? '$(symbol-function)' : '$(warning)'} ${exportLensText.call(name)}`,
    tooltip: warning === undefined ? `${name}: ${printFunction(callee.type)}` : wouldTrapAgain(name, warning),
    command: commandIds.callExport,
    target,
  };
  if (warning === undefined) return [call];
  const title = `$(run-all) ${exportLensText.callFresh(name)}`;
  const tooltip = `${name}: ${printFunction(callee.type)}`;
  return [call, { title, tooltip, command: commandIds.callExportFresh, target }];
}

function anyOf(name: string, more: number, path: string): CallOf {
  return {
    title: exportLensText.more(more),
    tooltip: exportLensText.moreHint(name),
    command: commandIds.callExport,
    target: { path },
  };
}

import { findFunctions, type FoundFunction } from '../anatomy/find-functions';
import { partsIn } from '../anatomy/scan-sections';
import { ByteReader } from '../bytes';
import { CoreModule } from '../core-module';
import { orNull } from '../optional';
import { WatModule } from './module-text';

/** A core module as text, or as much of it as one document can show. Plain data that can be posted. */
export interface WatPrint {
  /** The module in full, or all of it but functions. */
  readonly text: string;
  readonly isWhole: boolean;
  readonly functionCount: number;
  /** Size of the code in bytes. */
  readonly codeBytes: number;
  /** The largest functions of a module that is not printed whole; else none. */
  readonly largest: readonly FoundFunction[];
}

/** A module with more code than this, in bytes, is printed by function: its text would be megabytes, which editors do not colour. */
export const mostWholeCode = 200_000;

/** Data is shown in full up to this size of all segments together, in bytes. */
const mostWholeData = 65_536;

/** How many functions of a large module are listed. */
const mostLargest = 500;

/** The core module of this number in a file, null if there is none or its sections cannot be told apart. */
export function watModuleOf(bytes: Uint8Array, number: number): WatModule | null {
  const part = partsIn(bytes).filter(({ kind }) => kind === 'module')[number];
  if (part === undefined) return null;
  const module = orNull(() => new CoreModule(new ByteReader(bytes, part.start, part.end), number));
  return module === null ? null : new WatModule(module);
}

/** Prints a core module, whole if it is not too large. */
export function printWat(wat: WatModule): WatPrint {
  const { sections, bytes, number } = wat.module;
  const sizeOf = (wanted: number) => {
    const section = sections.find(({ id }) => id === wanted);
    return section === undefined ? 0 : section.end - section.start;
  };
  const codeBytes = sizeOf(10);
  const full = sizeOf(11) <= mostWholeData;
  const functionCount = wat.functions.count;
  const whole = codeBytes <= mostWholeCode ? textOf(wat.lines({ full })) : null;
  if (whole !== null && whole.left === 0)
    return { text: whole.text, isWhole: true, functionCount, codeBytes, largest: [] };
  const header = [wat.head(), ...wat.headerLines({ full: false }).map((line) => `  ${line}`), ')'];
  const { found } = findFunctions(bytes, '', mostLargest, number);
  return { text: textOf(header).text, isWhole: false, functionCount, codeBytes, largest: found };
}

/**
 * Prints one function, null if the module does not define it. Of a very long one the first lines, and a comment that tells how many are left
 * out.
 */
export function printWatFunction(wat: WatModule, index: number): string | null {
  const lines = wat.functionLines(index);
  if (lines === null) return null;
  const { text, left } = textOf(lines);
  return left === 0 ? text : `${text}  (; … +${String(left)} ;)\n)\n`;
}

/** No line is longer: names and lists of a hostile module could fill a document with one. */
const longestLine = 100_000;

/** No document is longer, in characters: the extension host sends it to the window at once, and reads it for the outline. */
const longestText = 4_000_000;

/** The first lines as a text, and how many are left out. */
function textOf(lines: Iterable<string>): { readonly text: string; readonly left: number } {
  let text = '';
  let left = 0;
  for (const line of lines) {
    const shown = line.length > longestLine ? `${line.slice(0, longestLine)} …` : line;
    if (left > 0 || text.length + shown.length > longestText) left += 1;
    else text += `${shown}\n`;
  }
  return { text, left };
}

import { shortestName, type Callable } from '../../../component/wave/export-lookup';
import { splitCalls, isBlank, type CallText } from '../../../component/wave/split-calls';
import { callDocumentText } from '../../../words/calls';

/** What stands in a document of calls. */
export interface CallDocument {
  /** The component that the calls are for, as the document says. */
  readonly component: { readonly path: string; readonly offset: number } | null;
  readonly calls: readonly CallText[];
}

const headerPattern = /^(\s*\/\/\s*component:\s*)(\S.*?)\s*$/;

/** Reads a document of calls: comments, of which one above the first call may be `// component: PATH`, and calls. Any text is one. */
export function readCallDocument(text: string): CallDocument {
  return { component: readHeader(text), calls: splitCalls(text) };
}

/** The line that says which component a document's calls are for. */
export function headerLine(path: string): string {
  return `// component: ${path}\n`;
}

/** How many exports a document without a call names; completion lists all of them. */
const namedExports = 8;

/** The line that tells, in a document that holds no call yet, what can be called. */
export function exportsHint(exports: readonly Callable[]): string {
  const names = exports.slice(0, namedExports).map((callee) => shortestName(callee, exports));
  const more = exports.length - names.length;
  return `// ${callDocumentText.exports(names, more)}\n`;
}

/** The call that an offset of the document is in or directly behind. */
export function callAt<T extends CallText>(calls: readonly T[], offset: number): T | undefined {
  return calls.find((call) => offset >= call.offset && offset <= call.offset + call.text.length);
}

function readHeader(text: string): CallDocument['component'] {
  let lineStart = 0;
  for (const line of text.split('\n')) {
    if (!isBlank(line)) return null;
    const [, before, path] = headerPattern.exec(line) ?? [];
    if (before !== undefined && path !== undefined) return { path, offset: lineStart + before.length };
    lineStart += line.length + 1;
  }
  return null;
}

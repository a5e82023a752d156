import { printFunction, printType } from '../wit-print';
import type { ValueType } from '../types';
import { parseCall } from './call';
import type { Callable } from './export-lookup';
import { functionName, shortestName } from './export-lookup';
import type { Expectation } from './error';
import { exampleArguments, exampleValue } from './example';
import type { HandleNames } from './example';
import { isFlattened } from './flattened';
import type { HandleLookup } from './handles';
import { escapeLabel } from './keywords';

/** One thing that could stand at the cursor. */
export interface Candidate {
  /** How it is listed; it begins with what is already typed of it. */
  readonly label: string;
  /** What replaces the part of the word that is already typed. */
  readonly insert: string;
  /** Its type or signature as WIT. */
  readonly detail: string;
}

/** What could stand at a cursor, and which part of the text it replaces. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly Candidate[];
}

/** What a completion may draw on. */
export interface CompletionSources {
  readonly exports: readonly Callable[];
  readonly handles: HandleLookup;
  readonly handleNames: HandleNames;
}

const wordCharacter = /[a-zA-Z0-9-]/;
const typedMethod = /^\s*\$([a-zA-Z0-9-]+)\.([a-zA-Z0-9-]*)$/;
/** Stands where the cursor is: nothing expects it, so that the parser stops there and says what it would expect. */
const cursor = '\0';

/** What could stand at `offset` in the text of a call: exports, cases, fields, flags, handles, whole values. */
export function completeCall(text: string, offset: number, sources: CompletionSources): Completion {
  const before = text.slice(0, offset);
  const method = typedMethod.exec(before);
  if (method !== null) return completeMethod(method[1] ?? '', method[2] ?? '', offset, sources);
  const wordStart = startOfWord(before);
  const parsed = parseCall(before.slice(0, wordStart) + cursor, sources.exports, sources.handles);
  const nothing = { start: offset, end: offset, candidates: [] };
  if (parsed.ok || parsed.error.expected === null) return nothing;
  const { expected } = parsed.error;
  // The name of a function has characters that words of values have not, so it is taken from its beginning.
  const start = expected.kind === 'function' ? parsed.error.offset : wordStart;
  if (start !== parsed.error.offset) return nothing;
  const typed = before.slice(start);
  return {
    start,
    end: offset,
    candidates: candidatesFor(expected, sources).filter(({ label }) => label.startsWith(typed)),
  };
}

/** Where the word that ends the text begins. Walked from its end: a pattern would try every word of a long text. */
function startOfWord(text: string): number {
  let start = text.length;
  while (wordCharacter.test(text.charAt(start - 1))) start -= 1;
  return /[%$]/.test(text.charAt(start - 1)) ? start - 1 : start;
}

function candidatesFor(expected: Expectation, sources: CompletionSources): readonly Candidate[] {
  switch (expected.kind) {
    case 'value':
      return valueCandidates(expected.type, sources.handleNames);
    case 'field':
      return expected.fields.map(({ name, type }) => ({
        label: name,
        insert: `${name}: `,
        detail: printType(type),
      }));
    case 'flag':
      return expected.labels.map((label) => ({ label, insert: label, detail: '' }));
    case 'function':
      return sources.exports.map((callee) => functionCandidate(callee, sources));
    default:
      return [];
  }
}

function functionCandidate(callee: Callable, { exports, handleNames }: CompletionSources): Candidate {
  const label = shortestName(callee, exports);
  const args = exampleArguments(callee.type.params, handleNames) ?? '';
  return { label, insert: `${label}(${args})`, detail: printFunction(callee.type) };
}

function completeMethod(
  handle: string,
  typed: string,
  offset: number,
  sources: CompletionSources,
): Completion {
  const candidates: Candidate[] = [];
  for (const { func, type } of sources.exports) {
    const name = functionName(func);
    if (name.kind !== 'method' || !name.name.startsWith(typed)) continue;
    const self = type.params[0]?.type;
    if (self?.kind !== 'borrow' || !('value' in sources.handles.find(handle, self))) continue;
    const args = exampleArguments(type.params.slice(1), sources.handleNames) ?? '';
    candidates.push({ label: name.name, insert: `${name.name}(${args})`, detail: printFunction(type) });
  }
  return { start: offset - typed.length, end: offset, candidates };
}

function valueCandidates(type: ValueType, handleNames: HandleNames): readonly Candidate[] {
  const detail = printType(type);
  const plain = (text: string) => ({ label: text, insert: text, detail });
  const withPayload = (label: string, payload: ValueType | null) =>
    payload === null
      ? plain(label)
      : { label: `${label}(…)`, insert: `${label}(${exampleValue(payload, handleNames) ?? ''})`, detail };
  switch (type.kind) {
    case 'bool':
      return ['true', 'false'].map(plain);
    case 'enum':
      return type.labels.map(escapeLabel).map(plain);
    case 'variant':
      return type.cases.map((one) => withPayload(escapeLabel(one.name), one.type));
    case 'option':
      return [
        plain('none'),
        withPayload('some', type.element),
        ...(isFlattened(type.element) ? valueCandidates(type.element, handleNames) : []),
      ];
    case 'result':
      return [
        withPayload('ok', type.ok),
        withPayload('err', type.error),
        ...(type.ok !== null && isFlattened(type.ok) ? valueCandidates(type.ok, handleNames) : []),
      ];
    case 'stream':
    case 'future': {
      const names = handleNames(type).map(plain);
      if (type.element === null) return names;
      return [
        ...names,
        ...(type.kind === 'stream' ? [plain('[]')] : valueCandidates(type.element, handleNames)),
      ];
    }
    case 'own':
    case 'borrow':
    case 'error-context':
      return handleNames(type).map(plain);
    default: {
      const example = exampleValue(type, handleNames);
      return example === null ? [] : [plain(example)];
    }
  }
}

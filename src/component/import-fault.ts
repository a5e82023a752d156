/** The sorts of values that have no short text in JavaScript. */
const sorts = ['null', 'array', 'object', 'class', 'function'] as const;

/** What stands where something else was expected: its short text in JavaScript, or what sort of value it is. */
export type FoundValue = { readonly text: string } | { readonly sort: (typeof sorts)[number] };

/**
 * What is wrong with the JavaScript that stands in for an import. `words` are those of a JavaScript engine, `key` is the name of the export in
 * the module, `type` is as WIT writes it. `src/words/import-fault.ts` puts it into words.
 */
export type ImportFault =
  | { readonly code: 'not-loaded'; readonly interface: string; readonly words: string }
  /** It is TypeScript, which this version of Node cannot read. */
  | { readonly code: 'typescript'; readonly interface: string; readonly node: string }
  | { readonly code: 'never-loads' | 'exports-nothing'; readonly interface: string }
  | {
      readonly code: 'no-function';
      readonly interface: string;
      readonly path: string;
      readonly key: string;
      readonly found: FoundValue;
    }
  | { readonly code: 'no-export'; readonly interface: string; readonly path: string; readonly key: string }
  | { readonly code: 'failed'; readonly interface: string; readonly key: string; readonly words: string }
  | {
      readonly code: 'wrong-result' | 'wrong-error';
      readonly interface: string;
      readonly key: string;
      readonly found: FoundValue;
      readonly type: string;
    }
  /** It threw a value for the error of a result, and the function has no result. */
  | {
      readonly code: 'no-error-to-return';
      readonly interface: string;
      readonly key: string;
      readonly found: FoundValue;
    }
  | { readonly code: 'promise'; readonly interface: string; readonly key: string }
  /** It ended the process. */
  | { readonly code: 'exited'; readonly interface: string; readonly status: number }
  /** Code that a module has imported ended the process. */
  | { readonly code: 'some-exited'; readonly status: number }
  | { readonly code: 'failed-outside'; readonly interface: string; readonly words: string }
  /** A host function threw something that is no Error. */
  | { readonly code: 'threw'; readonly words: string }
  /** As earlier versions kept it: a clause in English. */
  | { readonly code: 'told'; readonly words: string };

type FieldKind = 'text' | 'number' | 'found';

/** The fields of each fault, to read one that comes from elsewhere. */
const fieldsOf: Readonly<Record<ImportFault['code'], Readonly<Record<string, FieldKind>>>> = {
  'not-loaded': { interface: 'text', words: 'text' },
  typescript: { interface: 'text', node: 'text' },
  'never-loads': { interface: 'text' },
  'exports-nothing': { interface: 'text' },
  'no-function': { interface: 'text', path: 'text', key: 'text', found: 'found' },
  'no-export': { interface: 'text', path: 'text', key: 'text' },
  failed: { interface: 'text', key: 'text', words: 'text' },
  'wrong-result': { interface: 'text', key: 'text', found: 'found', type: 'text' },
  'wrong-error': { interface: 'text', key: 'text', found: 'found', type: 'text' },
  'no-error-to-return': { interface: 'text', key: 'text', found: 'found' },
  promise: { interface: 'text', key: 'text' },
  exited: { interface: 'text', status: 'number' },
  'some-exited': { status: 'number' },
  'failed-outside': { interface: 'text', words: 'text' },
  threw: { words: 'text' },
  told: { words: 'text' },
};

/** The longest text of a fault, in characters. */
export const longestFaultText = 1 << 16;

/** Reads a fault that another process sent or an earlier session stored. Null for what is none. */
export function readImportFault(value: unknown): ImportFault | null {
  const given = recordOf(value);
  const { code } = given;
  if (typeof code !== 'string' || !Object.hasOwn(fieldsOf, code)) return null;
  const fields = Object.entries(fieldsOf[code as ImportFault['code']]);
  if (!fields.every(([name, kind]) => isOfKind(given[name], kind))) return null;
  // Each field of the fault was checked.
  return Object.fromEntries([['code', code], ...fields.map(([name]) => [name, given[name]])]) as ImportFault;
}

function isOfKind(value: unknown, kind: FieldKind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value.length <= longestFaultText;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'found': {
      const { text, sort } = recordOf(value);
      return isOfKind(text, 'text') || sorts.some((each) => each === sort);
    }
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

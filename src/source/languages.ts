/** What is analysed in texts of one language id of the editor. */
export interface SourceLanguage {
  /** The file of the tree-sitter grammar; left out where a few words of text are enough. */
  readonly grammar: string | undefined;
  /** The kind of host program that it can be. */
  readonly host: 'javascript' | 'rust' | 'python' | undefined;
  /** Whether a text can hold an entry point: cheap, and true for each text that does. */
  readonly mentionsGuest: RegExp;
  /** Whether a text can hold two calls of run: cheap. */
  readonly mentionsHost: RegExp | undefined;
}

const javascriptGuest = /\bexport\s+(?:(?:const|let|var|class)\s+run\b|\{[^}]*(?:\brun\b|wasi:cli\/run))/;
const javascriptHost =
  /\brun\s*(?:\?\.|\.|:\s*\{)\s*run\b|['"]wasi:cli\/run|(?<!WebAssembly\.)\binstantiate\b[^]*\brun\b|\brun\s+as\b|\bimport\s*\*[^]*\.run\b/;
const native = { grammar: undefined, host: undefined, mentionsHost: undefined } as const;

const languages: Readonly<Record<string, SourceLanguage>> = {
  c: { ...native, mentionsGuest: /\bmain\b|\bexports_wasi_cli|wasi:cli\/run/ },
  cpp: { ...native, mentionsGuest: /\bmain\b|\bexports_wasi_cli|wasi:cli\/run/ },
  wit: { ...native, mentionsGuest: /\bcli\s*\/\s*(?:run|command)\b/ },
  wat: { ...native, mentionsGuest: /wasi:cli\/run/ },
  go: { ...native, grammar: 'tree-sitter-go.wasm', mentionsGuest: /\bfunc\s+main\b|\bExports\.Run\b/ },
  rust: {
    grammar: 'tree-sitter-rust.wasm',
    host: 'rust',
    mentionsGuest: /\bfn\s+main\b|\bGuest\b[^]*\bfn\s+run\b/,
    mentionsHost: /\bcall_run\b|wasi:cli\/run/,
  },
  python: {
    grammar: 'tree-sitter-python.wasm',
    host: 'python',
    mentionsGuest: /\bclass\b[^]*\bdef\s+run\b/,
    mentionsHost: /wasi:cli\/run|\bRoot\b[^]*\.run\(\)\.run\(/,
  },
  javascript: {
    grammar: 'tree-sitter-javascript.wasm',
    host: 'javascript',
    mentionsGuest: javascriptGuest,
    mentionsHost: javascriptHost,
  },
  javascriptreact: {
    grammar: 'tree-sitter-javascript.wasm',
    host: 'javascript',
    mentionsGuest: javascriptGuest,
    mentionsHost: javascriptHost,
  },
  typescript: {
    grammar: 'tree-sitter-typescript.wasm',
    host: 'javascript',
    mentionsGuest: javascriptGuest,
    mentionsHost: javascriptHost,
  },
  typescriptreact: {
    grammar: 'tree-sitter-tsx.wasm',
    host: 'javascript',
    mentionsGuest: javascriptGuest,
    mentionsHost: javascriptHost,
  },
};

/** The editor's language ids whose texts are analysed. */
export const sourceLanguageIds: readonly string[] = Object.keys(languages);

/** What is analysed in texts of a language id; undefined for an unknown language. */
export function sourceLanguage(languageId: string): SourceLanguage | undefined {
  return Object.hasOwn(languages, languageId) ? languages[languageId] : undefined;
}

/** Whether a text must be analysed: a cheap test that spares most files the parser. */
export function mayMatter(languageId: string, text: string): boolean {
  const language = sourceLanguage(languageId);
  return (
    language !== undefined &&
    (language.mentionsGuest.test(text) || language.mentionsHost?.test(text) === true)
  );
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language, Parser } from '@vscode/tree-sitter-wasm';

/** Loads tree-sitter and its grammars from one folder, each on first use, and caches them. */
export class Grammars {
  readonly #folder: string;
  #runtime: Promise<void> | undefined;
  readonly #parsers = new Map<string, Promise<Parser>>();

  /** @param folder holds tree-sitter.wasm and the grammars' files */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The parser for a grammar's file. Fails if the folder does not hold it. */
  parser(grammar: string): Promise<Parser> {
    const known = this.#parsers.get(grammar);
    if (known !== undefined) return known;
    const loading = this.#load(grammar);
    this.#parsers.set(grammar, loading);
    return loading;
  }

  async #load(grammar: string): Promise<Parser> {
    this.#runtime ??= Parser.init({ locateFile: (file) => join(this.#folder, file) });
    const [binary] = await Promise.all([readFile(join(this.#folder, grammar)), this.#runtime]);
    const parser = new Parser();
    parser.setLanguage(await Language.load(binary));
    return parser;
  }
}

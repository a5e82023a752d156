import type * as vscode from 'vscode';
import type { EntryPoint } from '../../source/entry-point';
import { findEntryPoints } from '../../source/entry-points';
import type { SourceCache } from '../source/source-cache';

/** The entry points of documents: what the thread found in the present text, or a quick look at it until then. */
export class EntryPoints {
  readonly #book: SourceCache;

  constructor(book: SourceCache) {
    this.#book = book;
  }

  of(document: vscode.TextDocument): readonly EntryPoint[] {
    const found = this.#book.get(document);
    if (found?.isPresent === true) return found.findings.entryPoints;
    const quick = findEntryPoints(languageOf(document), document.getText());
    // A parser's older answer beats none: lenses stay where they are while one types, and follow a moment later.
    return quick.length > 0 ? quick : (found?.findings.entryPoints ?? []);
  }

  /** Whether the document is a host program: its own `main` is then not a guest's. */
  isHost(document: vscode.TextDocument): boolean {
    return /\bwasmtime\b|@bytecodealliance\//.test(document.getText());
  }
}

/** Our own WIT documents are WIT even where another extension calls the language something else. */
function languageOf(document: vscode.TextDocument): string {
  return document.uri.path.endsWith('.wit') ? 'wit' : document.languageId;
}

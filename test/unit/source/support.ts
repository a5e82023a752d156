import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Grammars } from '../../../src/source/grammars';
import { sourceLanguage } from '../../../src/source/languages';
import type { SourceFindings } from '../../../src/source/source-document';
import { SourceDocument } from '../../../src/source/source-document';

const grammars = new Grammars(dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm')));

/** A document over the packages' own grammars. */
export function openDocument(languageId: string, text: string): SourceDocument {
  return new SourceDocument(languageId, text, grammars);
}

/** What is found in a text. */
export async function findIn(languageId: string, text: string): Promise<SourceFindings> {
  const document = openDocument(languageId, text);
  const findings = await document.find();
  document.dispose();
  return findings;
}

/** Whether a text is well-formed in its language. */
export async function isWellFormed(languageId: string, text: string): Promise<boolean> {
  const parser = await grammars.parser(sourceLanguage(languageId)?.grammar ?? '');
  const tree = parser.parse(text);
  const isGood = tree?.rootNode.hasError === false;
  tree?.delete();
  return isGood;
}

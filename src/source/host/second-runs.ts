import type { Span } from '../span';
import type { Syntax } from '../syntax';
import { named } from '../syntax';
import type { Code } from './code';
import type { LanguageSyntax } from './lower/construct';
import { javascriptSyntax } from './lower/javascript';
import { Lowering } from './lower/lowering';
import { pythonSyntax } from './lower/python';
import { rustSyntax } from './lower/rust';
import { KeywordFilter } from './keyword-filter';
import type { SecondRun } from './machine/findings';
import { walkThrough } from './machine/machine';
import type { Semantics } from './semantics';
import { javascriptSemantics } from './semantics-javascript';
import { pythonSemantics, rustSemantics } from './semantics-wasmtime';

/** The languages of host programs that are looked at; TypeScript counts as JavaScript here. */
export type HostLanguage = 'javascript' | 'rust' | 'python';

/** A text with its tree. */
export interface ParsedText {
  readonly text: string;
  readonly root: Syntax;
  /** Parses a part of the text by itself: Rust's macros hold expressions that the grammar leaves as words. */
  readonly parseInside: (span: Span) => Syntax | undefined;
}

/** How often names that were found are followed to further names. */
const maxRounds = 5;

const languages: Readonly<
  Record<HostLanguage, { readonly syntax: LanguageSyntax; readonly semantics: (text: string) => Semantics }>
> = {
  javascript: { syntax: javascriptSyntax, semantics: javascriptSemantics },
  rust: { syntax: rustSyntax, semantics: rustSemantics },
  python: { syntax: pythonSyntax, semantics: pythonSemantics },
};

/**
 * Finds every call of run, in a host program, on an instance on which run may have been called before; in the order
 * of the text.
 */
export function findSecondRuns(language: HostLanguage, parsed: ParsedText): readonly SecondRun[] {
  const { text, root, parseInside } = parsed;
  const { syntax, semantics } = languages[language];
  const filter = new KeywordFilter(text, syntax.words);
  let code: Code | undefined;
  for (let round = 0; round < maxRounds && filter.update(); round += 1)
    code = new Lowering(text, filter, syntax, parseInside).block(named(root));
  return code === undefined ? [] : walkThrough(code, semantics(text));
}

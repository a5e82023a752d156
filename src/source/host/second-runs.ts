import { assertNever } from '../../base/assert-never';
import type { Span } from '../span';
import type { Syntax } from '../syntax';
import { spanOf } from '../syntax';
import type { Code } from './code';
import { JavaScriptLowering } from './lower/javascript';
import { javascriptWords } from './lower/javascript-tables';
import { PythonLowering } from './lower/python';
import { pythonWords } from './lower/python-tables';
import { RustLowering } from './lower/rust';
import { rustWords } from './lower/rust-tables';
import type { SecondRun } from './machine/runs';
import { walkThrough } from './machine/machine';
import type { LanguageWords } from './relevance';
import { Relevance } from './relevance';
import type { Semantics } from './semantics';
import { javascriptSemantics } from './semantics-javascript';
import { pythonSemantics } from './semantics-python';
import { rustSemantics } from './semantics-rust';

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

/** Finds every call of run, in a host program, on an instance on which run may have been called before; in the order of the text. */
export function findSecondRuns(language: HostLanguage, parsed: ParsedText): readonly SecondRun[] {
  const { words, lower, semantics } = toolsFor(language, parsed);
  const relevance = new Relevance(parsed.text, words);
  let code: Code | undefined;
  for (let round = 0; round < maxRounds && relevance.update(); round += 1) code = lower(relevance);
  return code === undefined ? [] : walkThrough(code, spanOf(parsed.root), semantics);
}

interface Tools {
  readonly words: LanguageWords;
  readonly lower: (relevance: Relevance) => Code;
  readonly semantics: Semantics;
}

function toolsFor(language: HostLanguage, { text, root, parseInside }: ParsedText): Tools {
  switch (language) {
    case 'javascript':
      return {
        words: javascriptWords,
        lower: (relevance) => new JavaScriptLowering(text, relevance).lowerFile(root),
        semantics: javascriptSemantics(text),
      };
    case 'rust':
      return {
        words: rustWords,
        lower: (relevance) => new RustLowering(text, relevance, parseInside).lowerFile(root),
        semantics: rustSemantics(),
      };
    case 'python':
      return {
        words: pythonWords,
        lower: (relevance) => new PythonLowering(text, relevance).lowerFile(root),
        semantics: pythonSemantics(),
      };
    default:
      return assertNever(language);
  }
}

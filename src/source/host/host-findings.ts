import type { Span } from '../span';
import { opaque, type Code } from './code';
import type { ComponentReference } from './values';
import type { LanguageSyntax } from './lower/construct';
import type { LineTable, Range } from '../position';
import type { Rewrite } from './rewrite-edits';
import type { SecondRun } from './machine/findings';
import type { Semantics } from './semantics';
import type { Syntax } from '../syntax';
import { KeywordFilter } from './keyword-filter';
import { Lowering } from './lower/lowering';
import { javascriptSemantics } from './semantics-javascript';
import { javascriptSyntax } from './lower/javascript';
import { named } from '../syntax';
import { planRewrite } from './rewrite';
import { pythonSemantics, rustSemantics } from './semantics-wasmtime';
import { pythonSyntax } from './lower/python';
import { rustSyntax } from './lower/rust';
import { walkThrough } from './machine/machine';

/** The languages of host programs that are looked at; TypeScript counts as JavaScript here. */
export type HostLanguage = 'javascript' | 'rust' | 'python';

/** A host program with its tree. */
export interface HostProgram {
  readonly language: HostLanguage;
  readonly text: string;
  readonly lines: LineTable;
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

/** A call of run on an instance that may have run already: it traps if the component runs once per instance. */
export interface SecondRunFinding {
  /** The second call; a call in a loop is its own second one. */
  readonly range: Range;
  /** The first call. */
  readonly first: Range;
  /** Whether both are the same call, made again by a loop or by calling its function again. */
  readonly isRepeated: boolean;
  /** Where the instance is made: an instantiation or an import; left out if the text does not show it. */
  readonly instantiation: Range | undefined;
  /** The calls of functions in this file that lead to the second call, outermost first. */
  readonly via: readonly Range[];
  /** What the text says about the component; see `resolveComponent`. */
  readonly component: ComponentReference | undefined;
  /** The change that gives the second call its own instance; undefined where none is known to compile. */
  readonly rewrite: Rewrite | undefined;
}

/** Finds the calls of run on an instance that may have run before, in the order of the text. */
export function findHostFindings(program: HostProgram): readonly SecondRunFinding[] {
  const { language, text, root } = program;
  const { syntax, semantics } = languages[language];
  const filter = new KeywordFilter(text, syntax.words);
  let code: Code = opaque;
  for (let round = 0; round < maxRounds && filter.update(); round += 1)
    code = new Lowering(program, filter, syntax).block(named(root));
  const findings = walkThrough(code, semantics(text)).map((second) => describe(second, program));
  const place = ({ range: { start } }: SecondRunFinding) => start;
  return findings.sort((a, b) => place(a).line - place(b).line || place(a).character - place(b).character);
}

function describe(second: SecondRun, program: HostProgram): SecondRunFinding {
  const { lines } = program;
  const { call, first, sites, instance } = second;
  const ways: readonly Span[] = sites.map((site) => site.call.span);
  const isSameCall = call.span.start === first.span.start;
  const [firstSpan, secondSpan] = isSameCall
    ? differing([...first.frames, first.span], ways)
    : [first.span, call.span];
  return {
    range: lines.rangeOf(secondSpan),
    first: lines.rangeOf(firstSpan),
    isRepeated: firstSpan.start === secondSpan.start,
    instantiation: instance.made === undefined ? undefined : lines.rangeOf(instance.made),
    via: ways
      .slice(0, -1)
      .filter((way) => way.start !== secondSpan.start)
      .map((way) => lines.rangeOf(way)),
    component: instance.component,
    rewrite: planRewrite(second, program),
  };
}

/** The innermost places where two ways to one call differ: `once(); once();`. The call itself if none do. */
function differing(a: readonly Span[], b: readonly Span[]): readonly [Span, Span] {
  const nowhere: Span = { start: 0, end: 0 };
  const pairs = a.map((one, index): [Span, Span] => [one, b.at(index - a.length) ?? nowhere]);
  const isSameLength = a.length === b.length;
  const found = pairs.findLast(([one, other]) => isSameLength && one.start !== other.start);
  return found ?? pairs.at(-1) ?? [nowhere, nowhere];
}

/** Whether a module was made by jco from a component: only then does a finding that refers to it hold. */
export function isTranspiledModule(text: string): boolean {
  return /^\s*(?:\/\/[^\n]*\n\s*)*["']use (?:components|jco)["']/.test(text);
}

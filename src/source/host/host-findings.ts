import type { LineTable, Range } from '../position';
import type { Span } from '../span';
import type { HostLanguage, ParsedText } from './second-runs';
import { findSecondRuns } from './second-runs';
import type { SecondRun } from './machine/findings';
import type { Rewrite } from './rewrite-edits';
import { planRewrite } from './rewrite';
import type { ComponentReference } from './values';

/** A call of run in a host program on an instance that may have run already: it would trap if the component runs once per instance. */
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
  /** The change that gives the second call an instance of its own; left out where none is known to compile. */
  readonly rewrite: Rewrite | undefined;
}

/** Finds second runs in a host program, in the order of the text. */
export function findHostFindings(
  language: HostLanguage,
  parsed: ParsedText,
  lines: LineTable,
): readonly SecondRunFinding[] {
  return findSecondRuns(language, parsed)
    .map((second) => describe(second, language, parsed, lines))
    .sort(
      (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
    );
}

function describe(
  second: SecondRun,
  language: HostLanguage,
  parsed: ParsedText,
  lines: LineTable,
): SecondRunFinding {
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
    rewrite: planRewrite(second, language, parsed, lines),
  };
}

/** The innermost places where two ways to the same call differ: `once(); once();`. The call itself if they are the same. */
function differing(a: readonly Span[], b: readonly Span[]): readonly [Span, Span] {
  const last: readonly [Span, Span] = [a.at(-1) ?? nowhere, b.at(-1) ?? nowhere];
  if (a.length !== b.length) return last;
  for (let index = a.length - 1; index >= 0; index -= 1) {
    const [one, other] = [a[index], b[index]];
    if (one !== undefined && other !== undefined && one.start !== other.start) return [one, other];
  }
  return last;
}

const nowhere: Span = { start: 0, end: 0 };

/** Whether a module was made by jco from a component: only then does a finding that refers to it hold. */
export function isTranspiledModule(text: string): boolean {
  return /^\s*(?:\/\/[^\n]*\n\s*)*["']use (?:components|jco)["']/.test(text);
}

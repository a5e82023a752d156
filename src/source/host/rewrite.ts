import { contains, textOf, type Span } from '../span';
import { spanOf, type Syntax } from '../syntax';
import type { FunctionCode, LoopCode } from './code';
import type { CallSite } from './machine/frames';
import type { SecondRun } from './machine/findings';
import { findMakings } from './construction-slice';
import type { HostProgram } from './host-findings';
import { beforeCall, insertion, insideLoop, rewriteOf, type Change, type Rewrite } from './rewrite-edits';

const blocks = new Set(['program', 'statement_block', 'switch_case', 'switch_default', 'block', 'module']);
const expressionBody =
  /^(?:arrow_function|lambda|closure_expression|generator_expression|\w+_comprehension)$/;

/**
 * Plans the change that gives the second call an instance of its own, at the call of run or at a call that leads
 * there; undefined if what makes the instance cannot simply be repeated at any of them.
 */
export function planRewrite(second: SecondRun, program: HostProgram): Rewrite | undefined {
  const { first, sites } = second;
  const firsts = [...first.frames, first.span];
  for (const [index, site] of [...sites.entries()].reverse()) {
    const start = (firsts.length === sites.length ? firsts[index] : undefined) ?? first.span;
    const rewrite = planAt(site, start, second, program);
    if (rewrite !== undefined) return rewrite;
  }
  return undefined;
}

function planAt(site: CallSite, first: Span, second: SecondRun, program: HostProgram): Rewrite | undefined {
  const { language, text, root, lines } = program;
  const makings = findMakings(site, second, text);
  const [making] = makings;
  if (making === undefined) return undefined;
  const fn = site.scope.fn;
  const isLocal = makings.every(({ cell }) => cell.scope?.fn === fn);
  if (language === 'rust' && (!isLocal || entersAsyncBlock(root, site.call.span, making.statement)))
    return undefined;
  const needsAsync =
    language !== 'rust' && fn?.isAsync === false && makings.some((one) => /\bawait\b/.test(one.text));
  if (needsAsync && !canBecomeAsync(fn, text)) return undefined;
  const rewrite = (kind: Rewrite['kind'], changes: readonly Change[]) =>
    rewriteOf(kind, needsAsync ? [...changes, insertion(fn.span.start, 'async ')] : changes, lines);
  const isSame = first.start === site.call.span.start;
  const loop = site.loops.findLast(({ span }) => !contains(span, making.statement));
  if (loop !== undefined && (isSame || !contains(loop.span, first))) {
    const isStatement = /^(?:async\s+)?(?:for|while|do|loop)\b|^'/.test(textOf(text, loop.span));
    if (!isStatement) return undefined;
    const outer = makings.filter(({ statement }) => !contains(loop.span, statement));
    const around = fn?.span ?? { start: 0, end: text.length };
    return rewrite('inside-loop', insideLoop(program, loop, outer, around));
  }
  // A module that is loaded in each pass is the same one.
  if (isSame && site.loops.length > 0 && second.instance.origin === 'import')
    return rewrite('inside-loop', [{ span: making.statement, newText: making.text }]);
  const statement = statementAround(root, site.call.span, site.loops);
  return statement === undefined
    ? undefined
    : rewrite('before-call', beforeCall(program, statement, site.call, makings, isLocal));
}

/** Whether one of Rust's async blocks holds the call, but not what makes the instance: `?` differs in there. */
function entersAsyncBlock(root: Syntax, call: Span, making: Span): boolean {
  for (let node = root.descendantForIndex(call.start, call.end - 1); node !== null; node = node.parent) {
    if (node.type === 'async_block' && !contains(spanOf(node), making)) return true;
  }
  return false;
}

/** Whether `async` can be written before a function: a test's or benchmark's, whose value is not used. */
function canBecomeAsync(fn: FunctionCode, text: string): boolean {
  const before = text.slice(Math.max(0, fn.span.start - 200), fn.span.start);
  return /\b(?:it|test|specify|bench)(?:\.\w+)*\(\s*(?:'[^'\n]*'|"[^"\n]*"|`[^`]*`),\s*$/.test(before);
}

/** The statement in a block that holds the call; none if a loop or a function without a block is between. */
function statementAround(root: Syntax, call: Span, loops: readonly LoopCode[]): Span | undefined {
  let node = root.descendantForIndex(call.start, call.end - 1);
  while (node !== null && !(node.parent !== null && blocks.has(node.parent.type))) {
    const span = spanOf(node);
    if (
      expressionBody.test(node.type) ||
      loops.some((loop) => loop.span.start === span.start && loop.span.end === span.end)
    )
      return undefined;
    node = node.parent;
  }
  return node === null ? undefined : spanOf(node);
}

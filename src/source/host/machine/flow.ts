import { namesTaking, type ArmCode, type ChooseCode, type Code } from '../code';
import type { ConditionCode, LoopCode } from '../code';
import { valueFact, type State } from '../state';
import { instanceOf, sameValue, truthOf, type Value } from '../values';
import type { LoopContext } from './frames';
import { assign } from './objects';
import { keyOf } from './scopes';
import type { Walk } from './context';

type CodeOf<Op extends Code['op']> = Extract<Code, { readonly op: Op }>;

/** Each arm is taken that the subject's value allows. */
export function choose(walk: Walk, { subject, arms }: ChooseCode, state: State): Value {
  const { scopes } = walk;
  const value = walk.evaluate(subject.code, state);
  if (state.dead) return scopes.unknown();
  const truth = truthOf(value);
  const possible = arms.filter(({ holds }) => holds === undefined || truth === undefined || holds === truth);
  const isSure = possible.length === 1;
  const ends = possible.map((arm, index) => {
    const { pattern, code } = arm;
    const fork = isSure ? state : state.fork();
    if (!isSure) assume(walk, subject, fork, arm, index);
    const enter = () => {
      if (pattern !== undefined) assign(walk, pattern, value, fork);
      return walk.evaluate(code, fork);
    };
    return { fork, value: pattern === undefined ? enter() : scopes.inBlock(enter) };
  });
  if (!isSure) state.join(ends.map(({ fork }) => fork));
  const values = ends.filter(({ fork }) => !fork.dead).map((end) => end.value);
  const [first = scopes.unknown(), ...others] = values;
  return others.every((other) => sameValue(first, other)) ? first : { type: 'either', values };
}

/** Assumes what holds in an arm that is taken. */
function assume(walk: Walk, condition: ConditionCode, fork: State, { holds }: ArmCode, index: number): void {
  const { code, text, names } = condition;
  if (text === undefined) return;
  if (holds === undefined) {
    // What is called may answer differently each time.
    if (!text.includes('(')) fork.assume(`choice of ${text}`, `arm ${index}`, names);
    return;
  }
  // A condition is about a variable's value, or else about what is written.
  const scope = code.op === 'name' ? walk.scopes.scopeOf(code.name) : undefined;
  const fact = scope !== undefined && code.op === 'name' ? valueFact(keyOf(scope, code.name)) : text;
  const pass = passOf(walk, condition);
  if (pass === undefined) fork.assume(fact, String(holds), names);
  else if (holds) fork.assume(`once ${text}`, pass, names);
}

/** A loop has two passes, or one if its text says so; it may end before each. `body` is what is done in each. */
export function loop(walk: Walk, code: LoopCode, state: State, body: (state: State) => void): void {
  const { loops } = walk.frames.context;
  const context: LoopContext = { code, breaks: [], continues: [], pass: 0 };
  const passes = code.once ? 1 : 2;
  walk.scopes.inBlock(() => {
    walk.evaluate(code.before, state);
    loops.push(context);
    for (context.pass = 1; context.pass <= passes; context.pass += 1) {
      if (context.pass > 1 || !code.atLeastOnce) walk.evaluate(code.head, state);
      if (state.dead) break;
      body(state);
      if (context.continues.length > 0) state.join([state, ...context.continues.splice(0)]);
    }
    if (code.atLeastOnce) walk.evaluate(code.head, state);
    if (code.head !== undefined || code.isSwitch) context.breaks.push(state.fork());
    loops.pop();
  });
  state.join(context.breaks);
}

/** The body may be left for the handler before and after each call of run, and where something is thrown. */
export function attempt(walk: Walk, { body, handler, finalizer }: CodeOf<'try'>, state: State): Value {
  const thrown: State[] = [state.fork()];
  const { tries } = walk.frames.context;
  tries.push(thrown);
  let value = walk.evaluate(body, state);
  tries.pop();
  if (handler !== undefined) {
    const caught = state.fork();
    caught.join([state, ...thrown]);
    const other = walk.evaluate(handler, caught);
    if (!caught.dead && instanceOf(other) !== undefined) value = { type: 'either', values: [value, other] };
    state.join([state, caught]);
  }
  walk.evaluate(finalizer, state);
  return value;
}

/** Control goes on where the function, the loop or the `try` is left. */
export function leave(walk: Walk, { how, label, value: code }: CodeOf<'leave'>, state: State): void {
  const value = code === undefined ? undefined : walk.evaluate(code, state);
  if (state.dead) return;
  const { context } = walk.frames;
  const left = context.loops.findLast(({ code: candidate }) =>
    label === undefined ? how === 'break' || !candidate.isSwitch : candidate.label === label,
  );
  if (how === 'return') {
    if (context.returns.length === 0) context.value = value ?? { type: 'nothing' };
    else if (value !== undefined) context.value = { type: 'either', values: [context.value, value] };
  }
  const loopEnds = how === 'break' ? left?.breaks : left?.continues;
  const ends = { return: context.returns, throw: context.tries.at(-1), break: loopEnds, continue: loopEnds };
  ends[how]?.push(state.fork());
  state.dead = true;
}

/** `i === 0` holds in one pass of the loop over i: the pass, or undefined for another condition. */
function passOf(walk: Walk, { text = '', names }: ConditionCode): string | undefined {
  if (!/^\w+ == (?:\d+|['"][^'"]*['"])$/.test(text)) return undefined;
  const counting = walk.frames.context.loops.findLast(({ code: { before, head } }) =>
    [before, head]
      .flatMap((part) => (part?.op === 'parts' ? part.parts : part))
      .some((part) => part?.op === 'bind' && namesTaking(part.target).some((name) => names.includes(name))),
  );
  return counting === undefined ? undefined : String(counting.pass);
}

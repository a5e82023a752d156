import type { Code, ConditionCode, LoopCode } from '../code';
import { valueFact, type State } from '../state';
import { instanceOf, sameValue, truthOf, type Value } from '../values';
import { assign } from './assign';
import type { LoopContext } from './frames';
import { keyOf } from './scopes';
import type { Walk } from './walk';

type CodeOf<Op extends Code['op']> = Extract<Code, { readonly op: Op }>;

/** Both branches are taken, unless the condition is known. */
export function branch(walk: Walk, { condition, then, otherwise }: CodeOf<'if'>, state: State): Value {
  const outcome = decide(walk, condition, state);
  if (state.dead) return walk.scopes.unknown();
  if (outcome !== undefined) return walk.evaluate(outcome ? then : otherwise, state);
  const yes = state.fork();
  const no = state.fork();
  const fact = factOf(walk, condition);
  const oncePerLoop = passOf(walk, condition);
  if (oncePerLoop === undefined) {
    yes.assume(fact, String(!condition.negated));
    no.assume(fact, String(condition.negated));
  } else (condition.negated ? no : yes).assume(`once ${condition.text}`, oncePerLoop);
  const a = walk.evaluate(then, yes);
  const b = otherwise === undefined ? walk.scopes.unknown() : walk.evaluate(otherwise, no);
  state.join([yes, no]);
  if (yes.dead) return b;
  return no.dead || sameValue(a, b) ? a : { type: 'either', values: [a, b] };
}

/** Each arm is taken that the subject's value allows. */
export function choose(walk: Walk, { subject, arms, exhaustive }: CodeOf<'choose'>, state: State): Value {
  const truth = truthOf(walk.evaluate(subject.code, state));
  if (state.dead) return walk.scopes.unknown();
  const fact = factOf(walk, subject);
  const choice = `choice of ${subject.text}`;
  const possible = arms.filter(({ holds }) => holds === undefined || truth === undefined || holds === truth);
  const ends = [...possible, ...(exhaustive ? [] : [undefined])].map((arm, index) => {
    const fork = state.fork();
    if (arm?.holds !== undefined) fork.assume(fact, String(arm.holds));
    // What is called may answer differently each time.
    else if (!subject.text.includes('(')) fork.assume(choice, `arm ${index}`);
    return { fork, value: walk.evaluate(arm?.code, fork) };
  });
  walk.scopes.noteCondition(choice, subject.names);
  state.join(ends.map(({ fork }) => fork));
  const values = ends.filter(({ fork }) => !fork.dead).map(({ value }) => value);
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  return values.some((value) => instanceOf(value) !== undefined)
    ? { type: 'either', values }
    : walk.scopes.unknown();
}

/** Goes round a loop twice, or once if its text says so; it may end before each pass. `body` is what is done in each. */
export function loop(walk: Walk, code: LoopCode, state: State, body: (state: State) => void): void {
  const { loops } = walk.frames.context;
  const context: LoopContext = { code, breaks: [], continues: [], pass: 0 };
  const exits: State[] = [];
  walk.scopes.inBlock(code.span, () => {
    walk.evaluate(code.before, state);
    loops.push(context);
    goRound(walk, context, exits, state, body);
    loops.pop();
  });
  state.become([...exits, ...context.breaks]);
}

function goRound(
  walk: Walk,
  context: LoopContext,
  exits: State[],
  state: State,
  body: (state: State) => void,
): void {
  const { code } = context;
  const { condition } = code;
  const endless =
    code.each === undefined &&
    (condition === undefined || condition.text === 'true' || condition.text === 'True');
  const passes = code.once ? 1 : 2;
  for (context.pass = 1; context.pass <= passes && !state.dead; context.pass += 1) {
    const isEntered = code.atLeastOnce && context.pass === 1;
    const outcome = condition === undefined || endless ? undefined : decide(walk, condition, state);
    if (!endless && !isEntered && outcome !== true) exits.push(state.snapshot());
    if (outcome === false && !isEntered) {
      state.dead = true;
      break;
    }
    if (code.each !== undefined) assign(walk, code.each, walk.scopes.unknown(), undefined, state);
    body(state);
    if (context.continues.length > 0) state.become([state.snapshot(), ...context.continues.splice(0)]);
  }
  if (!endless) exits.push(state.snapshot());
}

/** Its body may be left for the handler before and after each call of run, and wherever something is thrown. */
export function attempt(walk: Walk, { body, handler, finalizer }: CodeOf<'try'>, state: State): Value {
  const thrown: State[] = [state.snapshot()];
  const { tries } = walk.frames.context;
  tries.push(thrown);
  let value = walk.evaluate(body, state);
  tries.pop();
  if (handler !== undefined) {
    const caught = state.fork();
    caught.become([state.snapshot(), ...thrown]);
    const other = walk.evaluate(handler, caught);
    if (!caught.dead && instanceOf(other) !== undefined) value = { type: 'either', values: [value, other] };
    state.become([state.snapshot(), caught.snapshot()]);
  }
  walk.evaluate(finalizer, state);
  return value;
}

/** Control goes on where the function, the loop or the `try` is left. */
export function leave(walk: Walk, { how, label, value: code }: CodeOf<'leave'>, state: State): void {
  const value = code === undefined ? undefined : walk.evaluate(code, state);
  if (state.dead) return;
  const { context } = walk.frames;
  const left = context.loops.findLast((candidate) => label === undefined || candidate.code.label === label);
  switch (how) {
    case 'return':
      if (context.returns.length === 0) context.value = value ?? { type: 'nothing' };
      else if (value !== undefined) context.value = { type: 'either', values: [context.value, value] };
      context.returns.push(state.snapshot());
      break;
    case 'throw':
      context.tries.at(-1)?.push(state.snapshot());
      break;
    case 'break':
      left?.breaks.push(state.snapshot());
      break;
    case 'continue':
      left?.continues.push(state.snapshot());
      break;
  }
  state.dead = true;
}

/** What a condition is about: a variable's value, or else what is written. */
function factOf({ scopes }: Walk, { code, text, names }: ConditionCode): string {
  const scope = code.op === 'name' ? scopes.scopeOf(code.name) : undefined;
  const fact = scope !== undefined && code.op === 'name' ? valueFact(keyOf(scope, code.name)) : text;
  scopes.noteCondition(fact, names);
  return fact;
}

/** Whether a condition is known to hold or not. */
function decide(walk: Walk, condition: ConditionCode, state: State): boolean | undefined {
  const truth = truthOf(walk.evaluate(condition.code, state));
  return truth === undefined ? undefined : truth !== condition.negated;
}

/** `i === 0` holds in one pass of the loop over i: the pass, or undefined for another condition. */
function passOf(walk: Walk, { text, names }: ConditionCode): string | undefined {
  if (!/^\w+ == (?:\d+|['"][^'"]*['"])$/.test(text)) return undefined;
  const counting = walk.frames.context.loops.findLast(({ code }) =>
    loopNames(code).some((name) => names.includes(name)),
  );
  return counting === undefined ? undefined : String(counting.pass);
}

/** The names that a loop counts or iterates with. */
function loopNames(code: LoopCode): readonly string[] {
  const counters = code.before?.op === 'parts' ? code.before.parts : [];
  const targets = [code.each, ...counters.map((part) => (part.op === 'bind' ? part.target : undefined))];
  return targets.flatMap((target) =>
    target?.type === 'name'
      ? [target.name]
      : target?.type === 'items'
        ? target.items.flatMap((item) => (item.type === 'name' ? [item.name] : []))
        : [],
  );
}

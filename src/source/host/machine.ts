import { assertNever } from '../../base/assert-never';
import type { Span } from '../span';
import type {
  ArmCode,
  BindCode,
  CallCode,
  ClassCode,
  Code,
  ConditionCode,
  FunctionCode,
  LoopCode,
  Target,
} from './code';
import type { CallEffect, Semantics } from './semantics';
import type { RanRecord } from './state';
import { State, valueFact } from './state';
import type { Cell, Closure, Instance, Scope, Value } from './values';
import { instanceOf, sameValue, truthOf } from './values';

/** A call as it was met on a way through the program: where its names are looked up and which loops of its own function are around it, outermost first. */
export interface CallSite {
  readonly call: CallCode;
  readonly scope: Scope;
  readonly loops: readonly LoopCode[];
}

/** A call of run on an instance that may have run already. */
export interface SecondRun {
  readonly call: CallCode;
  readonly instance: Instance;
  readonly first: RanRecord;
  /** The calls that led here, outermost first, and the call of run itself. */
  readonly sites: readonly CallSite[];
  /** Looks up a variable as it is at this point. */
  readonly lookup: (name: string, scope: Scope) => Cell | undefined;
}

const scopePrefix = 'scope';

/** The number of the scope that a variable's key belongs to; none for a field of an object. */
function scopeNumber(key: string): number {
  return key.startsWith(scopePrefix) ? Number.parseInt(key.slice(scopePrefix.length), 10) : -1;
}

/** Limits that only contrived programs meet. */
const maxSteps = 100_000;
const maxFrames = 6;
/** A function that calls itself is followed once more, as a loop is gone round twice. */
const maxRecursion = 1;

interface LoopContext {
  readonly code: LoopCode;
  readonly breaks: State[];
  readonly continues: State[];
  pass: number;
}

interface FunctionContext {
  readonly fn: FunctionCode | undefined;
  readonly returns: State[];
  readonly loops: LoopContext[];
  readonly tries: State[][];
  value: Value;
}

interface Suite {
  readonly beforeEach: Value[];
}

/**
 * Walks through what a program may do and notes every call of run on an instance on which run may have been called before. Branches are both taken,
 * loops go round twice, functions of the same file are followed; what the text does not show is taken to do nothing to an instance.
 */
export class Machine {
  readonly #semantics: Semantics;
  readonly #found = new Map<number, SecondRun>();
  readonly #pending = new Map<FunctionCode, Closure>();
  readonly #classes = new Map<ClassCode, Scope>();
  readonly #entered = new Set<FunctionCode>();
  readonly #enteredClasses = new Set<ClassCode>();
  readonly #conditionNames = new Map<string, readonly string[]>();
  readonly #frames: CallSite[] = [];
  readonly #active: FunctionCode[] = [];
  readonly #suites: Suite[] = [{ beforeEach: [] }];
  #context: FunctionContext = newContext(undefined);
  #scope: Scope;
  #expectsFailure = 0;
  #steps = 0;
  #ids = 0;
  #closures = 0;
  #modulesEpoch = 0;
  #bind: BindCode | undefined;

  constructor(semantics: Semantics, file: Span) {
    this.#semantics = semantics;
    this.#scope = {
      id: 'file',
      names: new Set(),
      parent: undefined,
      fn: undefined,
      span: file,
      isFunction: true,
    };
  }

  /** Runs the file from its top, then each of its functions and methods on its own; the second runs by where they stand. */
  run(file: Code): readonly SecondRun[] {
    const state = new State().fork();
    this.#evaluate(file, state);
    this.#enterPending(state);
    return [...this.#found.values()].sort((a, b) => a.call.span.start - b.call.span.start);
  }

  /** Functions are entered from outside too: with the variables as they are when all is set up, and nothing run yet. */
  #enterPending(after: State): void {
    for (;;) {
      const classes = [...this.#classes];
      const closures = [...this.#pending.values()].filter(({ fn }) => !this.#entered.has(fn));
      this.#classes.clear();
      this.#pending.clear();
      if (classes.length === 0 && closures.length === 0) return;
      const root = after.asRoot();
      for (const [declared, scope] of classes) {
        if (this.#enteredClasses.has(declared)) continue;
        this.#enteredClasses.add(declared);
        this.#enterClass(declared, scope, root);
      }
      for (const closure of closures) {
        if (this.#entered.has(closure.fn)) continue;
        this.#entered.add(closure.fn);
        const state = root.fork();
        this.#invoke(closure, [], state);
        // What it declares is seen by the functions inside it.
        this.#enterPending(state);
      }
    }
  }

  #enterClass(declared: ClassCode, scope: Scope, root: State): void {
    for (const methods of this.#semantics.entries(declared)) {
      const state = root.fork();
      const self: Value = { type: 'object', id: this.#newId(), declared, scope };
      this.#initialise(declared, self, scope, state);
      for (const fn of methods) {
        this.#entered.add(fn);
        this.#invoke({ fn, scope, self }, [], state);
      }
      this.#enterPending(state);
    }
  }

  #initialise(declared: ClassCode, self: Value, scope: Scope, state: State): void {
    const outer = this.#scope;
    this.#scope = this.#newScope(scope, undefined, scope.span, false);
    this.#declare('this', self, state, undefined);
    for (const field of declared.fields) this.#evaluate(field, state);
    this.#scope = outer;
  }

  #evaluate(code: Code | undefined, state: State): Value {
    if (code === undefined || state.dead || (this.#steps += 1) > maxSteps) return this.#unknown();
    switch (code.op) {
      case 'parts': {
        const values = code.parts.map((part) => this.#evaluate(part, state));
        // `(a, b)` and the like: of interest only if taken apart again.
        return values.length > 0 ? { type: 'items', items: values } : this.#unknown();
      }
      case 'literal':
        return { type: 'literal', text: code.value, isText: code.kind === 'text' };
      case 'nothing':
        return { type: 'nothing' };
      case 'name':
        return this.#lookup(code.name, state)?.value ?? { type: 'unknown', id: `name:${code.name}` };
      case 'member':
        return this.#member(this.#evaluate(code.object, state), code.key, state);
      case 'call':
        return this.#call(code, state);
      case 'function':
        return this.#close(code.fn, undefined);
      case 'class':
        return this.#declareClass(code.declared, state);
      case 'record':
        return this.#record(code.type, code.fields, state);
      case 'bind':
        return this.#evaluateBind(code, state);
      case 'block': {
        const outer = this.#scope;
        if (code.scoped) this.#scope = this.#newScope(outer, outer.fn, code.span, false);
        let value: Value = { type: 'nothing' };
        for (const part of code.body) value = this.#evaluate(part, state);
        this.#scope = outer;
        return value;
      }
      case 'if':
        return this.#evaluateIf(code.condition, code.then, code.otherwise, state);
      case 'choose':
        return this.#choose(code.subject, code.arms, code.exhaustive, state);
      case 'loop':
        this.#loop(code, state, (inner) => void this.#evaluate(code.body, inner));
        return this.#unknown();
      case 'try':
        return this.#try(code.body, code.handler, code.finalizer, state);
      case 'leave':
        this.#leave(code.how, code.label, code.value, state);
        return this.#unknown();
      case 'expect-failure': {
        this.#expectsFailure += 1;
        this.#evaluate(code.body, state);
        this.#expectsFailure -= 1;
        return this.#unknown();
      }
      default:
        return assertNever(code);
    }
  }

  // Names

  #newId(): string {
    this.#ids += 1;
    return `#${this.#ids}`;
  }

  #unknown(): Value {
    return { type: 'unknown', id: this.#newId() };
  }

  #newScope(parent: Scope, fn: FunctionCode | undefined, span: Span, isFunction: boolean): Scope {
    this.#ids += 1;
    return { id: `${scopePrefix}${this.#ids}`, names: new Set(), parent, fn, span, isFunction };
  }

  #scopeOf(name: string): Scope | undefined {
    for (let scope: Scope | undefined = this.#scope; scope !== undefined; scope = scope.parent) {
      if (scope.names.has(name)) return scope;
    }
    return undefined;
  }

  #lookup(name: string, state: State): Cell | undefined {
    const scope = this.#scopeOf(name);
    return scope === undefined ? undefined : state.cell(`${scope.id}.${name}`);
  }

  #declare(name: string, value: Value, state: State, bind: BindCode | undefined): void {
    this.#scope.names.add(name);
    this.#setCell(this.#scope, name, value, state, bind);
  }

  #setCell(scope: Scope, name: string, value: Value, state: State, bind: BindCode | undefined): void {
    state.setCell(`${scope.id}.${name}`, { value, bind, scope });
    state.forget((condition) => this.#conditionNames.get(condition)?.includes(name) === true);
  }

  #evaluateBind(code: BindCode, state: State): Value {
    if (code.how === 'assign-if-empty' && code.target.type === 'name') {
      const present = this.#lookup(code.target.name, state)?.value;
      if (present !== undefined && instanceOf(present) !== undefined) return present;
    }
    const outer = this.#bind;
    this.#bind = code;
    const value = this.#evaluate(code.value, state);
    this.#bind = outer;
    if (!state.dead) this.#assign(code.target, value, code, state);
    return value;
  }

  #assign(target: Target, value: Value, code: BindCode | undefined, state: State): void {
    switch (target.type) {
      case 'name': {
        const own = value.type === 'items' && value.items.length === 0 ? this.#unknown() : value;
        const scope =
          code === undefined || code.how === 'declare'
            ? this.#declaringScope(target.name, code)
            : (this.#scopeOf(target.name) ?? this.#functionScope());
        scope.names.add(target.name);
        this.#setCell(scope, target.name, own, state, code);
        return;
      }
      case 'fields':
        for (const [key, inner] of target.fields)
          this.#assign(inner, key === '*' ? value : this.#member(value, key, state), code, state);
        return;
      case 'items':
        target.items.forEach((inner, index) => {
          const item =
            value.type === 'items'
              ? value.items[index]
              : instanceOf(value) === undefined && value.type !== 'export-index'
                ? undefined
                : value;
          this.#assign(inner, item ?? this.#unknown(), code, state);
        });
        return;
      case 'member': {
        const object = this.#evaluate(target.object, state);
        if (target.key !== undefined && 'id' in object)
          state.setCell(`${object.id}.${target.key}`, { value, bind: code, scope: undefined });
        const base = target.object.op === 'name' ? target.object.name : undefined;
        state.forget(
          (condition) => base !== undefined && this.#conditionNames.get(condition)?.includes(base) === true,
        );
        return;
      }
      case 'none':
        return;
      default:
        assertNever(target);
    }
  }

  /** Where a declaration puts its name: `var` and Python's names belong to the function. */
  #declaringScope(name: string, code: BindCode | undefined): Scope {
    if (code?.keyword !== 'var') return this.#scope;
    const scope = this.#functionScope();
    // Python's global and nonlocal.
    return scope.fn?.outerNames.includes(name) === true ? (this.#scopeAbove(scope, name) ?? scope) : scope;
  }

  #scopeAbove(scope: Scope, name: string): Scope | undefined {
    for (let above = scope.parent; above !== undefined; above = above.parent)
      if (above.names.has(name)) return above;
    return undefined;
  }

  #functionScope(): Scope {
    let scope = this.#scope;
    while (!scope.isFunction && scope.parent !== undefined) scope = scope.parent;
    return scope;
  }

  // Members, objects, classes

  #member(object: Value, key: string | undefined, state: State): Value {
    if (key === undefined) return this.#unknown();
    if (object.type === 'either') {
      const [first, ...others] = object.values.map((value) => this.#member(value, key, state));
      return others.length === 0
        ? (first ?? this.#unknown())
        : { type: 'either', values: [...(first === undefined ? [] : [first]), ...others] };
    }
    const special = this.#semantics.member(object, key, this.#modulesEpoch);
    if (object.type === 'items') return object.items[Number(key)] ?? this.#unknown();
    if (object.type === 'object' || object.type === 'class') {
      const kept = object.type === 'object' ? state.cell(`${object.id}.${key}`)?.value : undefined;
      const method = object.declared?.methods.find(({ name }) => name === key);
      if (kept !== undefined) return kept;
      if (method !== undefined && object.scope !== undefined)
        return {
          type: 'function',
          closure: { fn: method, scope: object.scope, self: object.type === 'object' ? object : undefined },
        };
      if (object.type === 'object') return special ?? { type: 'unknown', id: `${object.id}.${key}` };
    }
    if (object.type === 'unknown')
      return (
        state.cell(`${object.id}.${key}`)?.value ?? special ?? { type: 'unknown', id: `${object.id}.${key}` }
      );
    return special ?? this.#unknown();
  }

  #record(type: string | undefined, fields: readonly (readonly [string, Code])[], state: State): Value {
    const declared = type === undefined ? undefined : this.#lookup(type, state)?.value;
    const isClass = declared?.type === 'class';
    const id = this.#newId();
    for (const [key, code] of fields)
      state.setCell(`${id}.${key}`, {
        value: this.#evaluate(code, state),
        bind: undefined,
        scope: undefined,
      });
    return {
      type: 'object',
      id,
      declared: isClass ? declared.declared : undefined,
      scope: isClass ? declared.scope : undefined,
    };
  }

  #declareClass(declared: ClassCode, state: State): Value {
    const earlier = declared.name === undefined ? undefined : this.#lookup(declared.name, state)?.value;
    // Rust gives a type its methods in several blocks.
    const merged =
      earlier?.type === 'class'
        ? { ...declared, methods: [...earlier.declared.methods, ...declared.methods] }
        : declared;
    this.#classes.set(declared, this.#scope);
    return { type: 'class', declared: merged, scope: this.#scope };
  }

  #construct(declared: ClassCode, scope: Scope, args: readonly Value[], state: State): Value {
    const self: Value = { type: 'object', id: this.#newId(), declared, scope };
    this.#initialise(declared, self, scope, state);
    const constructor = declared.methods.find(({ name }) => name === 'constructor' || name === '__init__');
    if (constructor !== undefined) this.#invoke({ fn: constructor, scope, self }, args, state);
    return self;
  }

  #close(fn: FunctionCode, self: Value | undefined): Value {
    const closure: Closure = { fn, scope: this.#scope, self };
    this.#closures += 1;
    if (fn.mayRun) this.#pending.set(fn, closure);
    return { type: 'function', closure };
  }

  // Calls

  #call(code: CallCode, state: State): Value {
    const receiver = code.callee.op === 'member' ? this.#evaluate(code.callee.object, state) : undefined;
    const callee =
      code.callee.op === 'member' && receiver !== undefined
        ? this.#member(receiver, code.callee.key, state)
        : this.#evaluate(code.callee, state);
    const args = code.args.map((argument) => this.#evaluate(argument, state));
    if (state.dead) return this.#unknown();
    if (receiver?.type === 'either' || callee.type === 'either')
      return this.#callEither(code, callee, receiver, args, state);
    return this.#applyEffect(
      this.#semantics.call(code, callee, receiver, args, this.#modulesEpoch),
      code,
      callee,
      args,
      state,
    );
  }

  /** One of several: run is a second one only if it is for each of them. */
  #callEither(
    code: CallCode,
    callee: Value,
    receiver: Value | undefined,
    args: readonly Value[],
    state: State,
  ): Value {
    const receivers = receiver?.type === 'either' ? receiver.values : [receiver];
    const callees = callee.type === 'either' ? callee.values : [callee];
    const effects = callees.flatMap((one, index) => {
      const from = receivers.length === callees.length ? receivers[index] : receivers[0];
      return [this.#semantics.call(code, one, from, args, this.#modulesEpoch)];
    });
    const runs = effects.filter((effect) => effect?.type === 'run');
    if (runs.length > 0) {
      this.#runOn(
        runs.map(({ instance }) => instance),
        runs.length === effects.length,
        code,
        state,
      );
      return this.#unknown();
    }
    const values = effects.flatMap((effect) => (effect?.type === 'value' ? [effect.value] : []));
    if (values.length > 0 && values.length === effects.length) return { type: 'either', values };
    return this.#unknown();
  }

  #applyEffect(
    effect: CallEffect | undefined,
    code: CallCode,
    callee: Value,
    args: readonly Value[],
    state: State,
  ): Value {
    switch (effect?.type) {
      case undefined:
        if (callee.type === 'function') return this.#callFunction(callee.closure, args, code, state);
        if (callee.type === 'class') return this.#construct(callee.declared, callee.scope, args, state);
        return this.#unknown();
      case 'value':
        return effect.value;
      case 'make':
        return {
          type: 'instance',
          instance: { id: this.#newId(), component: effect.component, made: code.span, origin: 'call' },
        };
      case 'run':
        this.#runOn([effect.instance], true, code, state);
        return this.#unknown();
      case 'invoke':
        return this.#invokeAll(effect.functions, effect.times, code, state, effect.args);
      case 'suite': {
        this.#suites.push({ beforeEach: [] });
        this.#invokeAll(effect.functions, 'once', code, state);
        this.#suites.pop();
        return this.#unknown();
      }
      case 'before-each':
        this.#suites.at(-1)?.beforeEach.push(...effect.functions);
        return this.#unknown();
      case 'test':
        return this.#invokeAll(
          [...this.#suites.flatMap(({ beforeEach }) => beforeEach), ...effect.functions],
          effect.times,
          code,
          state,
        );
      case 'reset-modules':
        this.#modulesEpoch += 1;
        return this.#unknown();
      case 'exit':
        state.dead = true;
        return this.#unknown();
      default:
        return assertNever(effect);
    }
  }

  /** Functions that are handed over and called by the one who takes them. */
  #invokeAll(
    functions: readonly Value[],
    times: 'once' | 'again',
    code: CallCode,
    state: State,
    args: readonly Value[] = [],
  ): Value {
    let value: Value = this.#unknown();
    const once = (inner: State) => {
      for (const one of functions) {
        if (one.type === 'function') value = this.#callFunction(one.closure, args, code, inner);
        else if (one.type === 'run') this.#runOn([one.instance], true, code, inner);
      }
    };
    if (times === 'once') once(state);
    else this.#loop(callbackLoop(code, functions), state, once);
    return value;
  }

  #callFunction(closure: Closure, args: readonly Value[], call: CallCode, state: State): Value {
    if (!closure.fn.mayRun) return this.#unknown();
    const depth = this.#active.filter((fn) => fn === closure.fn).length;
    if (depth > maxRecursion || this.#frames.length >= maxFrames) return this.#unknown();
    this.#frames.push(this.#site(call));
    const value = this.#invoke(closure, args, state);
    this.#frames.pop();
    return value;
  }

  #invoke({ fn, scope, self }: Closure, args: readonly Value[], state: State): Value {
    const outerScope = this.#scope;
    const outerContext = this.#context;
    const { firstId, closures } = { firstId: this.#ids, closures: this.#closures };
    this.#active.push(fn);
    this.#context = newContext(fn);
    this.#scope = this.#newScope(scope, fn, fn.span, true);
    if (self !== undefined) this.#declare('this', self, state, undefined);
    const selfParam = fn.params[0]?.type === 'name' && /^(?:self|cls)$/.test(fn.params[0].name);
    const all = selfParam && self !== undefined ? [self, ...args] : args;
    fn.params.forEach((param, index) => {
      this.#assign(param, all[index] ?? this.#unknown(), undefined, state);
    });
    const last = this.#evaluate(fn.body, state);
    const { returns, value } = this.#context;
    const result =
      returns.length === 0 || (!state.dead && last.type !== 'unknown' && last.type !== 'nothing')
        ? last
        : value;
    if (returns.length > 0) state.become([state.snapshot(), ...returns]);
    // Its variables are gone, unless a function that it made still sees them.
    if (closures === this.#closures) state.drop((key) => scopeNumber(key) > firstId);
    this.#scope = outerScope;
    this.#context = outerContext;
    this.#active.pop();
    return result;
  }

  #runOn(instances: readonly Instance[], isAll: boolean, code: CallCode, state: State): void {
    const firsts = instances.map((instance) =>
      state.ran(instance.id).find(({ facts }) => compatible(facts, state.facts)),
    );
    const [first] = firsts;
    const [instance] = instances;
    const isSecond = isAll && firsts.every((record) => record !== undefined);
    if (isSecond && first !== undefined && instance !== undefined && this.#expectsFailure === 0)
      this.#report(code, instance, first, state);
    const record: RanRecord = {
      span: code.span,
      frames: this.#frames.map(({ call }) => call.span),
      facts: state.facts,
    };
    this.#context.tries.at(-1)?.push(state.snapshot());
    for (const { id } of instances) state.markRan(id, record);
    this.#context.tries.at(-1)?.push(state.snapshot());
  }

  #report(call: CallCode, instance: Instance, first: RanRecord, state: State): void {
    const known = this.#found.get(call.span.start);
    // The shortest way there says it best.
    if (known !== undefined && known.sites.length <= this.#frames.length + 1) return;
    const at = state.snapshot();
    const lookup = (name: string, from: Scope): Cell | undefined => {
      for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
        if (scope.names.has(name)) return at.cell(`${scope.id}.${name}`);
      }
      return undefined;
    };
    this.#found.set(call.span.start, {
      call,
      instance,
      first,
      sites: [...this.#frames, this.#site(call)],
      lookup,
    });
  }

  #site(call: CallCode): CallSite {
    return { call, scope: this.#scope, loops: this.#context.loops.map(({ code }) => code) };
  }

  // Where control goes

  #evaluateIf(condition: ConditionCode, then: Code, otherwise: Code | undefined, state: State): Value {
    const outcome = this.#decide(condition, state);
    if (state.dead) return this.#unknown();
    if (outcome !== undefined)
      return outcome ? this.#evaluate(then, state) : this.#evaluate(otherwise, state);
    const yes = state.fork();
    const no = state.fork();
    const fact = this.#factOf(condition);
    const oncePerLoop = this.#passOf(condition);
    if (oncePerLoop === undefined) {
      yes.assume(fact, String(!condition.negated));
      no.assume(fact, String(condition.negated));
    } else (condition.negated ? no : yes).assume(`once ${condition.text}`, oncePerLoop);
    const a = this.#evaluate(then, yes);
    const b = otherwise === undefined ? this.#unknown() : this.#evaluate(otherwise, no);
    state.join([yes, no]);
    return yes.dead ? b : no.dead ? a : sameValue(a, b) ? a : { type: 'either', values: [a, b] };
  }

  /** What a condition is about: a variable's value, or else what is written. */
  #factOf({ code, text, names }: ConditionCode): string {
    const scope = code.op === 'name' ? this.#scopeOf(code.name) : undefined;
    const fact = scope !== undefined && code.op === 'name' ? valueFact(`${scope.id}.${code.name}`) : text;
    this.#conditionNames.set(fact, names);
    return fact;
  }

  /** Whether a condition is known to hold or not. */
  #decide(condition: ConditionCode, state: State): boolean | undefined {
    const value = this.#evaluate(condition.code, state);
    const truth = truthOf(value);
    return truth === undefined ? undefined : truth !== condition.negated;
  }

  /** `i === 0` holds in one pass of the loop over i: the pass, or undefined for another condition. */
  #passOf({ text, names }: ConditionCode): string | undefined {
    if (!/^\w+ == (?:\d+|['"][^'"]*['"])$/.test(text)) return undefined;
    const loop = this.#context.loops.findLast(({ code }) =>
      loopNames(code).some((name) => names.includes(name)),
    );
    return loop === undefined ? undefined : String(loop.pass);
  }

  #choose(subject: ConditionCode, arms: readonly ArmCode[], exhaustive: boolean, state: State): Value {
    const truth = truthOf(this.#evaluate(subject.code, state));
    if (state.dead) return this.#unknown();
    const fact = this.#factOf(subject);
    const possible = arms.filter(
      ({ holds }) => holds === undefined || truth === undefined || holds === truth,
    );
    const forks = [...possible, ...(exhaustive ? [] : [undefined])].map((arm, index) => {
      const fork = state.fork();
      if (arm?.holds !== undefined) fork.assume(fact, String(arm.holds));
      // What is called may answer differently each time.
      else if (!subject.text.includes('(')) fork.assume(`choice of ${subject.text}`, `arm ${index}`);
      return { fork, value: this.#evaluate(arm?.code, fork) };
    });
    this.#conditionNames.set(`choice of ${subject.text}`, subject.names);
    state.join(forks.map(({ fork }) => fork));
    const values = forks.filter(({ fork }) => !fork.dead).map(({ value }) => value);
    const [only] = values;
    if (values.length === 1 && only !== undefined) return only;
    return values.some((value) => instanceOf(value) !== undefined)
      ? { type: 'either', values }
      : this.#unknown();
  }

  #loop(code: LoopCode, state: State, body: (state: State) => void): void {
    const outer = this.#scope;
    this.#scope = this.#newScope(outer, outer.fn, code.span, false);
    this.#evaluate(code.before, state);
    const context: LoopContext = { code, breaks: [], continues: [], pass: 0 };
    this.#context.loops.push(context);
    const exits: State[] = [];
    const endless =
      code.each === undefined &&
      (code.condition === undefined || code.condition.text === 'true' || code.condition.text === 'True');
    const passes = code.once ? 1 : 2;
    for (context.pass = 1; context.pass <= passes && !state.dead; context.pass += 1) {
      const outcome =
        code.condition === undefined || endless ? undefined : this.#decide(code.condition, state);
      const mayEnd = !endless && (context.pass > 1 || !code.atLeastOnce) && outcome !== true;
      if (mayEnd) exits.push(state.snapshot());
      if (outcome === false && !(code.atLeastOnce && context.pass === 1)) {
        state.dead = true;
        break;
      }
      if (code.each !== undefined) this.#assign(code.each, this.#unknown(), undefined, state);
      body(state);
      if (context.continues.length > 0) state.become([state.snapshot(), ...context.continues.splice(0)]);
      this.#evaluate(code.after, state);
    }
    if (!endless) exits.push(state.snapshot());
    this.#context.loops.pop();
    this.#scope = outer;
    state.become([...exits, ...context.breaks]);
  }

  #try(body: Code, handler: Code | undefined, finalizer: Code | undefined, state: State): Value {
    const thrown: State[] = [state.snapshot()];
    this.#context.tries.push(thrown);
    let value = this.#evaluate(body, state);
    this.#context.tries.pop();
    if (handler !== undefined) {
      const caught = state.fork();
      caught.become([state.snapshot(), ...thrown]);
      const other = this.#evaluate(handler, caught);
      if (!caught.dead && instanceOf(other) !== undefined) value = { type: 'either', values: [value, other] };
      state.become([state.snapshot(), caught.snapshot()]);
    }
    this.#evaluate(finalizer, state);
    return value;
  }

  #leave(
    how: 'return' | 'break' | 'continue' | 'throw',
    label: string | undefined,
    code: Code | undefined,
    state: State,
  ): void {
    const value = code === undefined ? undefined : this.#evaluate(code, state);
    if (state.dead) return;
    const context = this.#context;
    const loop = context.loops.findLast((candidate) => label === undefined || candidate.code.label === label);
    if (how === 'return') {
      context.value =
        context.returns.length === 0
          ? (value ?? { type: 'nothing' })
          : value === undefined
            ? context.value
            : { type: 'either', values: [context.value, value] };
      context.returns.push(state.snapshot());
    } else if (how === 'throw') context.tries.at(-1)?.push(state.snapshot());
    else if (how === 'break') loop?.breaks.push(state.snapshot());
    else loop?.continues.push(state.snapshot());
    state.dead = true;
  }
}

function newContext(fn: FunctionCode | undefined): FunctionContext {
  return { fn, returns: [], loops: [], tries: [], value: { type: 'nothing' } };
}

/** A loop that a library makes: `forEach`, `setInterval`. */
function callbackLoop(code: CallCode, functions: readonly Value[]): LoopCode {
  const closure = functions.find((one) => one.type === 'function');
  const bodySpan = closure?.type === 'function' ? closure.closure.fn.span : code.span;
  const body: Code = { op: 'parts', parts: [] };
  return {
    op: 'loop',
    label: undefined,
    before: undefined,
    condition: undefined,
    each: { type: 'none' },
    body,
    after: undefined,
    span: code.span,
    bodySpan,
    atLeastOnce: false,
    once: false,
  };
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

/** Whether two sets of facts can hold in one run of the program. */
function compatible(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  for (const [condition, outcome] of a) {
    const other = b.get(condition);
    if (other !== undefined && other !== outcome) return false;
  }
  return true;
}

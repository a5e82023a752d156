import type { CallCode, ClassCode, Code, FunctionCode } from './code';
import { namesIn } from './code';
import type { CallEffect, Semantics } from './semantics';
import { calledName, isRunInterface, outside } from './semantics';
import type { Value } from './values';

const iterating = new Set([
  'forEach',
  'map',
  'flatMap',
  'filter',
  'some',
  'every',
  'find',
  'findIndex',
  'reduce',
]);
const repeating = new Set(['setInterval', 'bench']);
const callingOnce = new Set([
  'then',
  'finally',
  'setTimeout',
  'setImmediate',
  'queueMicrotask',
  'nextTick',
  'doesNotThrow',
  'doesNotReject',
]);
const suites = new Set(['describe', 'suite', 'context']);
const tests = new Set(['it', 'test', 'specify']);
const beforeEach = new Set(['beforeEach', 'setup']);
const beforeAll = new Set(['before', 'beforeAll', 'suiteSetup']);

/** Packages that export a `run` or `instantiate` of another kind. */
const otherModules = /^(?:node:|bun:|vitest$|mocha$|jest$|@jest\/|ava$|tap$|zx$|execa$)/;

/** What a text says that has to do with components, whatever its modules are called. */
const speaksOfComponents = /wasi:cli|preview[23]-shim|@bytecodealliance\/jco|\bjco\b/;

/** JavaScript's and TypeScript's names: modules that jco made, their `instantiate`, test frameworks, callbacks. */
export function javascriptSemantics(text: string): Semantics {
  const trusting = speaksOfComponents.test(text);
  return {
    member: (object, key, epoch) => member(object, key, epoch, trusting),
    call: (code, callee, receiver, args, epoch) => call(code, callee, receiver, args, epoch),
    entries,
  };
}

function member(object: Value, key: string, epoch: number, trusting: boolean): Value | undefined {
  const isRun = isRunInterface(key);
  switch (object.type) {
    case 'module':
      if (key === 'default') return object;
      if (key === 'instantiate')
        return { type: 'maker', reference: { type: 'module', specifier: object.specifier } };
      if (key !== 'run' && !isRun) return undefined;
      return {
        type: 'run-interface',
        instance: {
          id: `module ${object.id} ${object.id.startsWith('#') ? '' : epoch}`,
          component: { type: 'module', specifier: object.specifier },
          made: object.made,
          origin: 'import',
        },
      };
    case 'instance':
      return key === 'run' || isRun ? { type: 'run-interface', instance: object.instance } : undefined;
    case 'run-interface':
      return key === 'run' ? { type: 'run', instance: object.instance } : undefined;
    case 'run':
      return key === 'call' || key === 'apply' || key === 'bind' ? object : undefined;
    case 'unknown':
      if (isRun || (key === 'run' && trusting))
        return { type: 'run-interface', instance: outside(object.id) };
      return key === 'instantiate' && object.id !== 'name:WebAssembly'
        ? { type: 'maker', reference: undefined }
        : undefined;
    default:
      return undefined;
  }
}

function call(
  code: CallCode,
  callee: Value,
  receiver: Value | undefined,
  args: readonly Value[],
  epoch: number,
): CallEffect | undefined {
  const name = calledName(code);
  if (callee.type === 'run')
    return name === 'bind' ? { type: 'value', value: callee } : { type: 'run', instance: callee.instance };
  if (callee.type === 'maker') return { type: 'make', component: callee.reference };
  if (callee.type === 'module')
    return { type: 'make', component: { type: 'module', specifier: callee.specifier } };
  if (name === 'import' || name === 'require') return loadModule(code, args, epoch);
  if (callee.type === 'function') return undefined;
  if (name === 'instantiate' && callee.type === 'unknown' && namesIn(code.callee)[0] !== 'WebAssembly')
    return { type: 'make', component: undefined };
  if (name === 'resetModules' || name === 'isolateModules') return { type: 'reset-modules' };
  if (name === 'exit' && /^(?:process|Deno)$/.test(namesIn(code.callee)[0] ?? '')) return { type: 'exit' };
  return callbacks(code, name, receiver, args);
}

/** A module is loaded once for each name; a name that is put together may be a new one each time. */
function loadModule(code: CallCode, args: readonly Value[], epoch: number): CallEffect | undefined {
  const [source] = args;
  if (source?.type !== 'literal') {
    const value: Value = {
      type: 'module',
      specifier: '',
      id: `#${code.span.start} ${freshNumber()}`,
      made: code.span,
    };
    return calledName(code) === 'import' ? { type: 'value', value } : undefined;
  }
  if (otherModules.test(source.text)) return undefined;
  const isLocal = /^[./#~@]|\.wasm|\.js$/.test(source.text);
  return isLocal
    ? {
        type: 'value',
        value: { type: 'module', specifier: source.text, id: `${source.text} ${epoch}`, made: code.span },
      }
    : undefined;
}

let lastNumber = 0;

function freshNumber(): number {
  lastNumber += 1;
  return lastNumber;
}

function callbacks(
  code: CallCode,
  name: string | undefined,
  receiver: Value | undefined,
  args: readonly Value[],
): CallEffect | undefined {
  const functions = args.filter(({ type }) => type === 'function' || type === 'run');
  if (functions.length === 0) return undefined;
  const roots = rootNames(code.callee);
  const [root = ''] = roots;
  if (roots.some((part) => /^(?:skip|todo|fails|failing)$/.test(part))) return undefined;
  if (roots.includes('each') && (tests.has(root) || suites.has(root)))
    return { type: 'test', functions, times: 'again' };
  if (name === undefined) return undefined;
  const isModified = /^(?:only|concurrent|serial|sequential)$/.test(name);
  const subject = isModified ? root : name;
  if (suites.has(subject) && (receiver === undefined || isModified)) return { type: 'suite', functions };
  if (tests.has(subject)) return { type: 'test', functions, times: 'once' };
  if (beforeEach.has(name)) return { type: 'before-each', functions };
  if (beforeAll.has(name)) return { type: 'invoke', functions, times: 'once' };
  if (repeating.has(name) || (iterating.has(name) && receiver !== undefined))
    return { type: 'invoke', functions, times: 'again' };
  if (name === 'from' && root === 'Array') return { type: 'invoke', functions, times: 'again' };
  if (name === 'then' && receiver !== undefined)
    return { type: 'invoke', functions: functions.slice(0, 1), times: 'once', args: [receiver] };
  if (callingOnce.has(name)) return { type: 'invoke', functions, times: 'once' };
  return undefined;
}

/** The names along a callee, from its root: `test`, `each` of `test.each([1, 2])('…', f)`. */
function rootNames(code: Code): readonly string[] {
  if (code.op === 'name') return [code.name];
  if (code.op === 'member') return [...rootNames(code.object), ...(code.key === undefined ? [] : [code.key])];
  return code.op === 'call' ? rootNames(code.callee) : [];
}

/** Each method is called on an object that was just made. */
function entries(declared: ClassCode): readonly (readonly FunctionCode[])[] {
  const making = declared.methods.filter(({ name }) => name === 'constructor');
  return declared.methods.filter(({ name }) => name !== 'constructor').map((method) => [...making, method]);
}

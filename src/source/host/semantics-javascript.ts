import { textOf } from '../span';
import { namesIn, type Code } from './code';
import type { Call, CallEffect, Semantics } from './semantics';
import { functionsAmong, isRunInterface, outside } from './semantics';
import type { Value } from './values';

/** Methods of collections. */
const iterating = /^(?:forEach|map|flatMap|filter|some|every|find|findIndex|reduce)$/;
/** Functions that call back again and again: a clock, a benchmark, a server at each request. */
const repeating = /^(?:setInterval|bench|createServer|createSecureServer|serve)$/;
/** Methods that take a route and its handler. */
const routing = /^(?:get|post|put|patch|delete|all|use|route)$/;
const listening = /^(?:on|addListener|addEventListener)$/;
/** What ends a clock or a server, so that its callback may be called once only. */
const ending = /\bclear(?:Interval|Timeout)\(|\.(?:close|stop|shutdown|abort|off|removeListener)\(|\bonce\b/;
const callingOnce =
  /^(?:then|finally|setTimeout|setImmediate|queueMicrotask|nextTick|doesNotThrow|doesNotReject|before|beforeAll|suiteSetup)$/;
const suites = /^(?:describe|suite|context)$/;
const tests = /^(?:it|test|specify)$/;
const beforeEach = /^(?:beforeEach|setup)$/;

/** Packages that export a `run` or `instantiate` of another kind. */
const otherModules = /^(?:node:|bun:|vitest$|mocha$|jest$|@jest\/|ava$|tap$|zx$|execa$)/;

/** What a text says that has to do with components, whatever its modules are called. */
const speaksOfComponents = /wasi:cli|preview[23]-shim|@bytecodealliance\/jco|\bjco\b/;

/** JavaScript's and TypeScript's names: modules that jco made, test frameworks, callbacks. */
export function javascriptSemantics(text: string): Semantics {
  const trusting = speaksOfComponents.test(text);
  return {
    member: (object, key) => member(object, key, trusting),
    call: (made) => call(made) ?? callbacks(made, text),
  };
}

function member(object: Value, key: string, trusting: boolean): Value | undefined {
  const isRun = isRunInterface(key);
  switch (object.type) {
    case 'module': {
      const { specifier, id, made } = object;
      const reference = { type: 'module', specifier } as const;
      if (key === 'default') return object;
      if (key === 'instantiate') return { type: 'component', reference };
      const instance = { id: `module ${id}`, component: reference, made, origin: 'import' } as const;
      return key === 'run' || isRun ? { type: 'run-interface', instance } : undefined;
    }
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
        ? { type: 'component', reference: undefined }
        : undefined;
    default:
      return undefined;
  }
}

function call({ code, name, callee, args }: Call): CallEffect | undefined {
  const [root = ''] = namesIn(code.callee);
  if (callee.type === 'run')
    return name === 'bind' ? { type: 'value', value: callee } : { type: 'run', instance: callee.instance };
  if (callee.type === 'component') return { type: 'make', component: callee.reference };
  if (callee.type === 'module')
    return { type: 'make', component: { type: 'module', specifier: callee.specifier } };
  if (name === 'import' || name === 'require') return load(name, args[0]);
  if (name === 'instantiate' && callee.type === 'unknown' && root !== 'WebAssembly')
    return { type: 'make', component: undefined };
  if (name === 'resetModules' || name === 'isolateModules') return { type: 'reset-modules' };
  return name === 'exit' && /^(?:process|Deno)$/.test(root) ? { type: 'exit' } : undefined;
}

function load(name: string, source: Value | undefined): CallEffect | undefined {
  if (source?.type !== 'literal')
    return name === 'import' ? { type: 'load', specifier: undefined } : undefined;
  const { text } = source;
  const isLocal = /^[./#~@]|\.wasm|\.js$/.test(text) && !otherModules.test(text);
  return isLocal ? { type: 'load', specifier: text } : undefined;
}

function callbacks({ code, name, callee, receiver, args }: Call, text: string): CallEffect | undefined {
  const functions = functionsAmong(args);
  if (functions.length === 0 || callee.type === 'function') return undefined;
  const roots = rootNames(code.callee);
  const [root = ''] = roots;
  if (roots.some((part) => /^(?:skip|todo|fails|failing)$/.test(part))) return undefined;
  if (roots.includes('each') && (tests.test(root) || suites.test(root)))
    return { type: 'test', functions, times: 'again' };
  if (name === undefined) return undefined;
  const isModified = /^(?:only|concurrent|serial|sequential)$/.test(name);
  const subject = isModified ? root : name;
  if (suites.test(subject) && (receiver === undefined || isModified)) return { type: 'suite', functions };
  if (tests.test(subject)) return { type: 'test', functions, times: 'once' };
  if (beforeEach.test(name)) return { type: 'before-each', functions };
  if ((iterating.test(name) && receiver !== undefined) || (name === 'from' && root === 'Array'))
    return { type: 'invoke', functions, times: 'again' };
  if (repeating.test(name) || takesRequests(name, receiver, args[0]))
    return { type: 'invoke', functions, times: ending.test(textOf(text, code.span)) ? 'once' : 'again' };
  if (name === 'then' && receiver !== undefined)
    return { type: 'invoke', functions: functions.slice(0, 1), times: 'once', args: [receiver] };
  return callingOnce.test(name) ? { type: 'invoke', functions, times: 'once' } : undefined;
}

/** `server.on('request', f)`, `addEventListener('fetch', f)`, `app.get('/run', f)` */
function takesRequests(name: string, receiver: Value | undefined, first: Value | undefined): boolean {
  if (first?.type !== 'literal' || !first.isText) return false;
  if (listening.test(name)) return /^(?:request|fetch|stream)$/.test(first.text);
  return routing.test(name) && receiver !== undefined && first.text.startsWith('/');
}

/** The names along a callee, from its root: `test`, `each` of `test.each([1, 2])('…', f)`. */
function rootNames(code: Code): readonly string[] {
  if (code.op === 'name') return [code.name];
  if (code.op === 'member') return [...rootNames(code.object), ...(code.key === undefined ? [] : [code.key])];
  return code.op === 'call' ? rootNames(code.callee) : [];
}

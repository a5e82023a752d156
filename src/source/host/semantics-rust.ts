import type { CallCode, ClassCode, Code, FunctionCode } from './code';
import type { CallEffect, Semantics } from './semantics';
import { calledName, componentAmong, isRunFunction, isRunInterface, outside } from './semantics';
import type { Instance, Value } from './values';

/** Methods that give back what they are called on, or what is in it. */
const passing = new Set([
  'unwrap',
  'expect',
  'clone',
  'as_ref',
  'as_mut',
  'context',
  'with_context',
  'map_err',
  'lock',
  'borrow',
  'borrow_mut',
  'get_mut',
  'ok_or',
  'ok_or_else',
  'into_inner',
  'exports',
  'root',
  'to_owned',
  'into',
  'await',
  'unwrap_or_else',
  'as_deref',
  'as_deref_mut',
  'take',
]);
/** Constructors that hold one value and can be looked through. */
const holding = new Set(['Ok', 'Some', 'Box', 'Arc', 'Rc', 'Mutex', 'RwLock', 'RefCell']);
const iterating = new Set([
  'for_each',
  'try_for_each',
  'map',
  'flat_map',
  'filter_map',
  'for_each_concurrent',
]);

/** Rust's names: wasmtime's bindings (`Command`), its typed functions, closures. */
export function rustSemantics(): Semantics {
  return {
    member: (object, key) => (object.type === 'instance' && key === 'command' ? object : undefined),
    call,
    entries: (declared: ClassCode): readonly (readonly FunctionCode[])[] =>
      declared.methods.map((method) => [method]),
  };
}

function call(
  code: CallCode,
  callee: Value,
  receiver: Value | undefined,
  args: readonly Value[],
): CallEffect | undefined {
  const name = calledName(code);
  if (callee.type === 'function' || name === undefined) return undefined;
  const run = callRun(name, receiver);
  if (run !== undefined) return { type: 'run', instance: run };
  const value =
    lookUp(name, receiver, args) ?? makeComponent(code, name, args) ?? passOn(code, name, receiver, args);
  if (value !== undefined) return { type: 'value', value };
  if (name === 'instantiate' || name === 'instantiate_async') {
    return { type: 'make', component: componentAmong(receiver === undefined ? args : [...args, receiver]) };
  }
  if (name === 'exit' && rootName(code.callee) !== undefined) return { type: 'exit' };
  const functions = args.filter(({ type }) => type === 'function');
  if (functions.length === 0) return undefined;
  return {
    type: 'invoke',
    functions,
    times: iterating.has(name) && isIterator(code.callee) ? 'again' : 'once',
  };
}

/** `….call_run(&mut store)` on the interface, `call` on the function. */
function callRun(name: string, receiver: Value | undefined): Instance | undefined {
  if (name === 'call_run' && receiver?.type === 'run-interface') return receiver.instance;
  return /^call(?:_async|_concurrent)?$/.test(name) && receiver?.type === 'run'
    ? receiver.instance
    : undefined;
}

/** What leads from an instance to its run. */
function lookUp(name: string, receiver: Value | undefined, args: readonly Value[]): Value | undefined {
  const instance = receiver === undefined ? undefined : asInstance(receiver);
  const text = args.find((argument) => argument.type === 'literal' && argument.isText);
  const written = text?.type === 'literal' ? text.text : '';
  const index = args.find((argument) => argument.type === 'export-index');
  if (/^wasi_cli\w*_run$/.test(name) && instance !== undefined) return { type: 'run-interface', instance };
  if (name === 'instance' && isRunInterface(written) && instance !== undefined)
    return { type: 'run-interface', instance };
  if ((name === 'typed_func' || name === 'func') && written === 'run' && receiver?.type === 'run-interface')
    return { type: 'run', instance: receiver.instance };
  if (name === 'get_export_index' || name === 'get_export') {
    const owner = receiver?.type === 'component' ? undefined : instance;
    if (isRunInterface(written)) return { type: 'export-index', of: 'interface', instance: owner };
    if (isRunFunction(written) || (written === 'run' && index !== undefined))
      return { type: 'export-index', of: 'run', instance: owner };
  }
  if ((name === 'get_typed_func' || name === 'get_func') && instance !== undefined) {
    const isRun = isRunFunction(written) || (index?.type === 'export-index' && index.of === 'run');
    return isRun ? { type: 'run', instance } : undefined;
  }
  return undefined;
}

/** A value on which an instance's methods are called is one, wherever it comes from. */
function asInstance(value: Value): Instance | undefined {
  if (value.type === 'instance') return value.instance;
  return value.type === 'unknown' ? outside(value.id) : undefined;
}

/** `Component::from_file(&engine, "a.wasm")`, `linker.instantiate_pre(&component)`, `CommandPre::new(…)`, `fs::read("a.wasm")`. */
function makeComponent(code: CallCode, name: string, args: readonly Value[]): Value | undefined {
  if (/^instantiate(?:_async)?$/.test(name)) return undefined;
  const reference = componentAmong(args);
  const owner = code.callee.op === 'member' ? lastName(code.callee.object) : undefined;
  return reference !== undefined ||
    owner === 'Component' ||
    name === 'instantiate_pre' ||
    owner?.endsWith('Pre') === true
    ? { type: 'component', reference }
    : undefined;
}

/** Calls whose value is what they were given: `unwrap`, `Arc::new`, `Command::new(&mut store, &instance)`. */
function passOn(
  code: CallCode,
  name: string,
  receiver: Value | undefined,
  args: readonly Value[],
): Value | undefined {
  const owner = code.callee.op === 'member' ? lastName(code.callee.object) : undefined;
  if (receiver !== undefined && passing.has(name)) return receiver;
  if (name === 'Some' && args[0]?.type === 'unknown')
    return { type: 'object', id: `some ${code.span.start}`, declared: undefined, scope: undefined };
  if (holding.has(name) || (name === 'new' && owner !== undefined && holding.has(owner))) return args[0];
  return name === 'new' ? args.find((argument) => argument.type === 'instance') : undefined;
}

function lastName(code: Code): string | undefined {
  return code.op === 'name' ? code.name : code.op === 'member' ? code.key : undefined;
}

function rootName(code: Code): string | undefined {
  if (code.op === 'member') return rootName(code.object);
  return code.op === 'name' && (code.name === 'std' || code.name === 'process') ? code.name : undefined;
}

/** Whether a chain begins with something that is gone through: `(0..3).map(…)`, `names.iter().map(…)`. */
function isIterator(code: Code): boolean {
  switch (code.op) {
    case 'member':
      return (
        /^(?:into_)?iter(?:_mut)?$|^(?:lines|chars|repeat|chunks)$/.test(code.key ?? '') ||
        isIterator(code.object)
      );
    case 'call':
      return isIterator(code.callee);
    case 'parts':
      return true;
    default:
      return false;
  }
}

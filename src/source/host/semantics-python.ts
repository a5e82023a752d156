import type { CallCode, ClassCode, Code, FunctionCode } from './code';
import type { CallEffect, Semantics } from './semantics';
import { calledName, componentAmong, isRunFunction, isRunInterface, outside } from './semantics';
import type { Instance, Value } from './values';

/** Python's names: wasmtime's components, and the bindings that `python -m wasmtime.bindgen` makes. */
export function pythonSemantics(): Semantics {
  return { member: () => undefined, call, entries };
}

function call(
  code: CallCode,
  callee: Value,
  receiver: Value | undefined,
  args: readonly Value[],
): CallEffect | undefined {
  const name = calledName(code);
  if (callee.type === 'run') return { type: 'run', instance: callee.instance };
  if (callee.type === 'function' || name === undefined) return undefined;
  if (receiver?.type === 'run-interface' && name === 'run')
    return { type: 'run', instance: receiver.instance };
  const value = lookUp(name, receiver, args) ?? makeComponent(code, name, receiver, args);
  if (value !== undefined) return { type: 'value', value };
  if (name === 'instantiate' && receiver !== undefined)
    return { type: 'make', component: componentAmong(args) };
  // What bindgen makes: `root = Root(store)`, `root.run().run(store)`.
  if (callee.type === 'unknown' && /^name:from .*\.Root$/.test(callee.id))
    return { type: 'make', component: undefined };
  if (/^(?:sys\.exit|os\._exit|exit|quit)$/.test(written(code.callee))) return { type: 'exit' };
  const functions = args.filter(({ type }) => type === 'function' || type === 'run');
  if (functions.length === 0) return undefined;
  if (name === 'timeit' || name === 'repeat') return { type: 'invoke', functions, times: 'again' };
  // `asyncio.run(main())` and the like are calls of the function itself; threads and executors take it over once.
  return name === 'Thread' || name === 'submit' || name === 'to_thread' || name === 'run_in_executor'
    ? { type: 'invoke', functions, times: 'once' }
    : undefined;
}

/** What leads from an instance to its run. */
function lookUp(name: string, receiver: Value | undefined, args: readonly Value[]): Value | undefined {
  const instance = receiver === undefined ? undefined : asInstance(receiver);
  const text = args.find((argument) => argument.type === 'literal' && argument.isText);
  const wanted = text?.type === 'literal' ? text.text : '';
  const index = args.find((argument) => argument.type === 'export-index');
  if (name === 'get_export_index') {
    const owner = receiver?.type === 'component' ? undefined : instance;
    if (isRunInterface(wanted)) return { type: 'export-index', of: 'interface', instance: owner };
    if (isRunFunction(wanted) || (wanted === 'run' && index !== undefined))
      return { type: 'export-index', of: 'run', instance: owner };
  }
  if (name === 'get_func' && instance !== undefined) {
    const isRun = isRunFunction(wanted) || (index?.type === 'export-index' && index.of === 'run');
    return isRun ? { type: 'run', instance } : undefined;
  }
  if (name === 'run' && args.length === 0 && receiver?.type === 'instance')
    return { type: 'run-interface', instance: receiver.instance };
  return undefined;
}

function asInstance(value: Value): Instance | undefined {
  if (value.type === 'instance') return value.instance;
  return value.type === 'unknown' ? outside(value.id) : undefined;
}

/** `Component.from_file(engine, "a.wasm")`, `Component(engine, open("a.wasm", "rb").read())`, `Path("a.wasm").read_bytes()`. */
function makeComponent(
  code: CallCode,
  name: string,
  receiver: Value | undefined,
  args: readonly Value[],
): Value | undefined {
  if (receiver?.type === 'component' && (name === 'read' || name === 'read_bytes')) return receiver;
  if (name === 'instantiate') return undefined;
  const reference = componentAmong(args);
  return reference !== undefined || /\bComponent$/.test(written(code.callee))
    ? { type: 'component', reference }
    : undefined;
}

function written(code: Code): string {
  if (code.op === 'name') return code.name;
  return code.op === 'member' ? `${written(code.object)}.${code.key ?? ''}` : '';
}

/** unittest runs the tests of a class one after the other, with `setUp` before each; methods of other classes are called on their own. */
function entries({ methods, bases }: ClassCode): readonly (readonly FunctionCode[])[] {
  const called = (...names: readonly string[]) =>
    methods.filter(({ name }) => name !== undefined && names.includes(name));
  const before = called('setUpClass', 'setup_class');
  const beforeEach = called('__init__', 'setUp', 'asyncSetUp', 'setup_method');
  const isTestCase =
    bases.some((base) => base.endsWith('TestCase')) || before.length > 0 || called('setup_method').length > 0;
  const others = methods.filter((method) => !before.includes(method) && !beforeEach.includes(method));
  if (!isTestCase) return others.map((method) => [...beforeEach, method]);
  const tests = others.filter(({ name }) => name?.startsWith('test') === true);
  return [[...before, ...tests.flatMap((test) => [...beforeEach, test])]];
}

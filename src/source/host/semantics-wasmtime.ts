import type { Code } from './code';
import type { Call, CallEffect, Semantics } from './semantics';
import { functionsAmong, isRunInterface, outside, written } from './semantics';
import type { ComponentReference, Instance, Value } from './values';

/** What Python and Rust spell in their own way. */
interface Names {
  readonly exit: RegExp;
  /** Functions whose callback is called again and again. */
  readonly repeats: (name: string, callee: Code) => boolean;
  readonly callsOnce: RegExp;
  /** A call whose value is what it was given. */
  readonly passOn: (call: Call, name: string) => Value | undefined;
}

/** Python's names: wasmtime's components, and the bindings that `python -m wasmtime.bindgen` makes. */
export function pythonSemantics(): Semantics {
  return wasmtimeSemantics({
    exit: /^(?:sys\.exit|os\._exit|exit|quit)$/,
    repeats: (name) => name === 'timeit' || name === 'repeat',
    // Threads and executors. `asyncio.run(main())` and the like are calls of the function itself.
    callsOnce: /^(?:Thread|submit|to_thread|run_in_executor)$/,
    passOn: ({ receiver }, name) =>
      receiver?.type === 'component' && /^read(?:_bytes)?$/.test(name) ? receiver : undefined,
  });
}

/** Rust's names: wasmtime's bindings (`Command`), its typed functions, closures. */
export function rustSemantics(): Semantics {
  return wasmtimeSemantics({
    exit: /^(?:std|process)\..*\bexit$/,
    repeats: (name, callee) =>
      /^(?:(?:try_)?for_each|(?:flat_|filter_)?map|for_each_concurrent)$/.test(name) && isIterator(callee),
    callsOnce: /./,
    passOn: passOnInRust,
  });
}

function wasmtimeSemantics(names: Names): Semantics {
  return {
    member: (object, key) => (object.type === 'instance' && key === 'command' ? object : undefined),
    call: (made) => call(made, names),
  };
}

function call(made: Call, names: Names): CallEffect | undefined {
  const { code, name, callee, receiver, args } = made;
  const run = calledRun(made);
  if (run !== undefined) return { type: 'run', instance: run };
  if (callee.type === 'function' || name === undefined) return undefined;
  const isMaking = /^instantiate(?:_async)?$/.test(name);
  const value =
    lookUp(made, name) ??
    names.passOn(made, name) ??
    (isMaking ? undefined : makeComponent(code.callee, args));
  if (value !== undefined) return { type: 'value', value };
  if (isMaking)
    return { type: 'make', component: componentAmong(receiver === undefined ? args : [...args, receiver]) };
  // What bindgen makes for Python: `root = Root(store)`, `root.run().run(store)`.
  if (callee.type === 'unknown' && /^name:from .*\.Root$/.test(callee.id))
    return { type: 'make', component: undefined };
  if (names.exit.test(written(code.callee))) return { type: 'exit' };
  const functions = functionsAmong(args);
  if (functions.length === 0) return undefined;
  if (names.repeats(name, code.callee)) return { type: 'invoke', functions, times: 'again' };
  return names.callsOnce.test(name) ? { type: 'invoke', functions, times: 'once' } : undefined;
}

/** `run(store)`, `run.call(store)` on the function; `….run(store)`, `….call_run(store)` on the interface. */
function calledRun({ name = '', callee, receiver }: Call): Instance | undefined {
  if (callee.type === 'run') return callee.instance;
  if (receiver?.type === 'run')
    return /^call(?:_async|_concurrent)?$/.test(name) ? receiver.instance : undefined;
  return receiver?.type === 'run-interface' && /^(?:call_)?run$/.test(name) ? receiver.instance : undefined;
}

/** What leads from an instance to its run. */
function lookUp({ receiver, args }: Call, name: string): Value | undefined {
  const instance = receiver === undefined ? undefined : asInstance(receiver);
  const text = args.find((argument) => argument.type === 'literal' && argument.isText);
  const wanted = text?.type === 'literal' ? text.text : '';
  const index = args.find((argument) => argument.type === 'export-index');
  // As core wasm names the function, or as it is named in its interface.
  const isRun = /^wasi:cli\/run(?:@[\w.+-]+)?#run$/.test(wanted) || (wanted === 'run' && index !== undefined);
  if (name === 'get_export_index' || name === 'get_export') {
    const owner = receiver?.type === 'component' ? undefined : instance;
    if (isRunInterface(wanted)) return { type: 'export-index', of: 'interface', instance: owner };
    return isRun ? { type: 'export-index', of: 'run', instance: owner } : undefined;
  }
  if (receiver?.type === 'run-interface' && /^(?:typed_)?func$/.test(name) && wanted === 'run')
    return { type: 'run', instance: receiver.instance };
  if (instance === undefined) return undefined;
  const isFunction = isRun || (index?.type === 'export-index' && index.of === 'run');
  if (/^get_(?:typed_)?func$/.test(name)) return isFunction ? { type: 'run', instance } : undefined;
  const isInterface =
    /^wasi_cli\w*_run$/.test(name) ||
    (name === 'instance' && isRunInterface(wanted)) ||
    (name === 'run' && args.length === 0 && receiver?.type === 'instance');
  return isInterface ? { type: 'run-interface', instance } : undefined;
}

/** A value on which an instance's methods are called is one, wherever it comes from. */
function asInstance(value: Value): Instance | undefined {
  if (value.type === 'instance') return value.instance;
  return value.type === 'unknown' ? outside(value.id) : undefined;
}

/**
 * `Component.from_file(engine, "a.wasm")`, `Component(engine, data)`, `linker.instantiate_pre(&component)`,
 * `CommandPre::new(…)`, `fs::read("a.wasm")`
 */
function makeComponent(callee: Code, args: readonly Value[]): Value | undefined {
  const reference = componentAmong(args);
  const isMaking = /\bComponent(?:\.\w+)?$|Pre\.\w+$|\binstantiate_pre$/.test(written(callee));
  return reference !== undefined || isMaking ? { type: 'component', reference } : undefined;
}

/** The component that the arguments of a call lead to: a component, or the path of a .wasm file. */
function componentAmong(values: readonly Value[]): ComponentReference | undefined {
  for (const value of values) {
    if (value.type === 'component' && value.reference !== undefined) return value.reference;
    if (value.type === 'literal' && value.isText && value.text.endsWith('.wasm'))
      return { type: 'file', path: value.text };
  }
  return undefined;
}

/** Methods that give back what they are called on, or what is in it. */
const passing = new RegExp(
  '^(?:unwrap|expect|clone|as_ref|as_mut|context|with_context|map_err|lock|borrow|borrow_mut|get_mut|ok_or|ok_or_else|' +
    'into_inner|exports|root|to_owned|into|await|unwrap_or_else|as_deref|as_deref_mut|take)$',
);
/** Constructors that hold one value and can be looked through. */
const holding = /^(?:Ok|Some|Box|Arc|Rc|Mutex|RwLock|RefCell)$/;

/** `unwrap`, `Arc::new`, `Command::new(&mut store, &instance)` */
function passOnInRust({ code, receiver, args }: Call, name: string): Value | undefined {
  if (receiver !== undefined && passing.test(name)) return receiver;
  const [first] = args;
  if (name === 'Some' && first?.type === 'unknown')
    return { type: 'object', id: `some ${code.span.start}`, of: undefined };
  const owner = written(code.callee).split('.').at(-2) ?? '';
  if (holding.test(name) || (name === 'new' && holding.test(owner))) return first;
  return name === 'new' ? args.find((argument) => argument.type === 'instance') : undefined;
}

/** Whether a chain begins with something that is iterated over: `(0..3).map(…)`, `names.iter().map(…)`. */
function isIterator(code: Code): boolean {
  switch (code.op) {
    case 'member':
      return (
        /^(?:into_)?iter(?:_mut)?$|^(?:lines|chars|repeat|chunks)$/.test(code.key ?? '') ||
        isIterator(code.object)
      );
    case 'call':
      return isIterator(code.callee);
    default:
      return code.op === 'parts';
  }
}

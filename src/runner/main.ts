// The isolated process in which guests run: waits for commands, runs one instance at a time, reports what
// became of it.
import { defined } from '../base/defined';
import { monotonicMs } from '../base/clock';
import { holdLease } from '../base/parent-watchdog';
import { wireFds, type Command, type Report, type StartCommand, type WireOutcome } from '../engine/wire';
import { loadComponent, type GuestInstance, type LoadedComponent } from './component';
import { findExport } from './exports';
import { HandleTable } from './handles';
import { isDebuggable, openInspector, waitForDebugger } from './inspector';
import { endRunner, watchModuleEnds } from './module-ends';
import { loadModules, takeModuleFailure } from './modules';
import { guestOutcomeOf, outcomeOfError, startFailureOf } from './outcome';
import { readChannel } from './read-channel';
import { nextCommand, nextCommandSync, send } from './pipes';
import { countCalls, type CallCount } from './wasi/count-calls';
import { takeNetworkDenied } from './wasi/denials';
import { whileAlive } from './while-alive';
import { loadShim, needsShim, type Granted } from './wasi/granted';
import { makeHost, type Host } from './wasi/host';

/** How much of a guest's stack a backtrace shows. */
const stackDepth = 64;

const neverReturns = 'the call waits for something that never comes';

/** What stands behind imports besides what every guest has. */
interface Provided {
  readonly granted: Granted | undefined;
  readonly modules: Readonly<Record<string, object>>;
}

interface Running {
  readonly start: StartCommand;
  readonly component: LoadedComponent;
  readonly provided: Provided;
  readonly host: Host;
  readonly instance: GuestInstance;
  readonly handles: HandleTable;
  readonly count: CallCount | undefined;
}

async function main(): Promise<void> {
  // Ctrl+C in a terminal reaches every process in it; what it means is the engine's decision.
  process.on('SIGINT', () => undefined);
  Error.stackTraceLimit = stackDepth;
  let running: Running | undefined;
  for (;;) {
    const command =
      running?.start.artifact.async === true || isDebuggable() ? await nextCommand() : nextCommandSync();
    if (command === null) return;
    running = await obey(command, running);
  }
}

async function obey(command: Command, running: Running | undefined): Promise<Running | undefined> {
  switch (command.type) {
    case 'start':
      holdLease(wireFds.lease);
      return start(command);
    case 'proceed':
    case 'linked':
      return running;
    case 'renew':
      return (
        running &&
        makeInstance({ ...running.start, program: command.program }, running.component, running.provided)
      );
    case 'call':
      if (running !== undefined) send(await call(running, command));
      return running;
    case 'drop':
      if (running !== undefined) send(await drop(running, command.handle));
      return running;
    case 'read':
      if (running !== undefined) send(await read(running, command));
      return running;
  }
}

async function start(command: StartCommand): Promise<Running | undefined> {
  const { artifact, grants } = command;
  try {
    if (artifact.async && !('Suspending' in WebAssembly)) {
      send({ type: 'not-started', failure: { code: 'no-promise-integration', node: process.versions.node } });
      return undefined;
    }
    if (command.debug) openInspector();
    const component = loadComponent(artifact, command);
    if (command.debug) {
      waitForDebugger();
      await untilProceed();
    }
    const granted = needsShim(grants, artifact.imports) ? loadShim(grants) : undefined;
    watchModuleEnds(command.modules);
    const modules = await loadModules(command.modules);
    return await makeInstance(command, component, { granted, modules });
  } catch (error) {
    send({ type: 'not-started', failure: startFailureOf(error) });
    return undefined;
  }
}

/** A debugger that is attached still has to read the modules' debug information before its breakpoints stand. */
async function untilProceed(): Promise<void> {
  const command = await nextCommand();
  if (command?.type !== 'proceed') throw new Error('the debugger went away before the instance was made');
}

async function makeInstance(
  command: StartCommand,
  component: LoadedComponent,
  provided: Provided,
): Promise<Running | undefined> {
  const host = makeHost(command, provided.granted);
  const imports = { ...host.imports, ...provided.modules };
  const count = command.countHostCalls ? countCalls(imports) : undefined;
  try {
    const instance = await component.instantiate(count?.imports ?? imports);
    send({ type: 'ready', memoryBytes: instance.memoryBytes() });
    return { start: command, component, provided, host, instance, handles: new HandleTable(), count };
  } catch (error) {
    const outcome = guestOutcomeOf(error, host.ending);
    send({ type: 'not-started', failure: startFailureOf(error), ...defined({ outcome }) });
    return undefined;
  }
}

async function call(
  running: Running,
  { ref, args, gives, program }: Extract<Command, { type: 'call' }>,
): Promise<Report> {
  const { host, instance, handles } = running;
  if (program !== undefined) host.program = program;
  return await enter(running, () => {
    const values = args.map((arg) => handles.fromWire(arg));
    for (const handle of gives ?? []) handles.forget(handle);
    return findExport(instance.exports, ref)(...values);
  });
}

function drop(running: Running, handle: number): Promise<Report> {
  return enter(running, () => {
    running.handles.drop(handle);
  });
}

function read(
  running: Running,
  { handle, numbers, limits }: Extract<Command, { type: 'read' }>,
): Promise<Report> {
  const { handles } = running;
  return enter(running, async () => {
    const toWire = (item: unknown) => handles.toWire(item);
    const reading = await readChannel(handles.get(handle), { numbers, limits, toWire });
    // What can be read on stays, so that no fresh instance follows here before the read of jco's has ended.
    if (reading.end === 'done') handles.forget(handle);
    return reading;
  });
}

/** Lets the guest do something, and reports how that ended. */
async function enter(running: Running, guest: () => unknown): Promise<Report> {
  const { host, instance, handles, count } = running;
  count?.take();
  takeNetworkDenied();
  takeModuleFailure();
  const before = monotonicMs();
  let outcome: WireOutcome;
  try {
    const value = guest();
    outcome = {
      type: 'ok',
      value: handles.toWire(isPromise(value) ? (await settled(value)).value : value),
    };
  } catch (error) {
    outcome = outcomeOfError(error);
    if (outcome.type === 'error') outcome = { type: 'error', value: handles.toWire(outcome.value) };
  }
  const moduleFailure = takeModuleFailure();
  if (outcome.type === 'trapped' && moduleFailure !== undefined) outcome = outcomeOfError(moduleFailure);
  await host.settled();
  // A guest can catch the exception that carries its exit; it has ended all the same.
  if (host.ending !== undefined) outcome = outcomeOfError(host.ending);
  return {
    type: 'ended',
    outcome,
    durationMs: monotonicMs() - before,
    memoryBytes: instance.memoryBytes(),
    renewable:
      (outcome.type === 'ok' || outcome.type === 'error' || outcome.type === 'exited') &&
      host.leavesNothing &&
      !handles.holdsAny &&
      // Modules are loaded once in a process, with whatever state they keep.
      running.start.modules.length === 0,
    ...defined({ hostCalls: count?.take() }),
    ...(takeNetworkDenied() ? { networkDenied: true } : {}),
  };
}

/**
 * What a call returned in the end, boxed: a future that it returned is not waited for, though jco's can be
 * awaited like a promise.
 */
async function settled(promise: Promise<unknown>): Promise<{ readonly value: unknown }> {
  return await whileAlive(
    promise.then((value) => ({ value })),
    neverReturns,
  );
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

void main().finally(endRunner);

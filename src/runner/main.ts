// The isolated process in which guests run: waits for commands, runs one instance at a time, reports what became of it.
import type { Command, Report, WireOutcome } from '../engine/wire';
import { loadComponent, type GuestInstance, type LoadedComponent } from './component';
import { findExport } from './exports';
import { HandleTable } from './handles';
import { holdLease } from './lease';
import { outcomeOfError } from './outcome';
import { nextCommand, nextCommandSync, send } from './pipes';
import { bareHost, type Host, type StartCommand } from './wasi/host';

/** How much of a guest's stack a backtrace shows. */
const stackDepth = 64;

interface Running {
  readonly start: StartCommand;
  readonly component: LoadedComponent;
  readonly host: Host;
  readonly instance: GuestInstance;
  readonly handles: HandleTable;
}

async function main(): Promise<void> {
  // Ctrl+C in a terminal reaches every process in it; what it means is the engine's decision.
  process.on('SIGINT', () => undefined);
  Error.stackTraceLimit = stackDepth;
  let running: Running | undefined;
  for (;;) {
    const command =
      running?.start.artifact.async === true || running?.start.debug === true
        ? await nextCommand()
        : nextCommandSync();
    if (command === null) return;
    running = await obey(command, running);
  }
}

async function obey(command: Command, running: Running | undefined): Promise<Running | undefined> {
  switch (command.type) {
    case 'start':
      holdLease();
      return start(command);
    case 'renew':
      return running && makeInstance({ ...running.start, program: command.program }, running.component);
    case 'call':
      if (running !== undefined) send(await call(running, command));
      return running;
    case 'drop':
      running?.handles.drop(command.handles);
      return running;
  }
}

async function start(command: StartCommand): Promise<Running | undefined> {
  try {
    return await makeInstance(command, loadComponent(command.artifact, command.maxMemoryPages));
  } catch (error) {
    send({ type: 'not-started', message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

async function makeInstance(command: StartCommand, component: LoadedComponent): Promise<Running | undefined> {
  const host = bareHost(command);
  try {
    const instance = await component.instantiate(host.imports);
    send({ type: 'ready', memoryBytes: instance.memoryBytes() });
    return { start: command, component, host, instance, handles: new HandleTable() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const outcome = outcomeOfError(host.ending ?? error);
    const guestRan = outcome.type !== 'trapped' || error instanceof WebAssembly.RuntimeError;
    send(guestRan ? { type: 'not-started', message, outcome } : { type: 'not-started', message });
    return undefined;
  }
}

async function call(
  running: Running,
  { ref, args, program }: Extract<Command, { type: 'call' }>,
): Promise<Report> {
  const { host, instance, handles } = running;
  if (program !== undefined) host.program = program;
  const before = performance.now();
  let outcome: WireOutcome;
  try {
    const value = findExport(instance.exports, ref)(...args.map((arg) => handles.fromWire(arg)));
    outcome = { type: 'ok', value: handles.toWire(isPromise(value) ? await value : value) };
  } catch (error) {
    outcome = outcomeOfError(error);
    if (outcome.type === 'error') outcome = { type: 'error', value: handles.toWire(outcome.value) };
  }
  // A guest can catch the exception that carries its exit; it has ended all the same.
  if (host.ending !== undefined) outcome = outcomeOfError(host.ending);
  return {
    type: 'ended',
    outcome,
    durationMs: performance.now() - before,
    memoryBytes: instance.memoryBytes(),
    renewable:
      (outcome.type === 'ok' || outcome.type === 'error' || outcome.type === 'exited') && host.leavesNothing,
  };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

void main().finally(() => process.exit());

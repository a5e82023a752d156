import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { longestFaultText, type ImportFault } from '../component/import-fault';
import type { WireModule } from '../engine/wire';
import { send } from './pipes';

/**
 * Tells the engine when JavaScript that stands in for imports ends this process, by `process.exit` or by an uncaught
 * exception: from outside it would look as if the runner had died by itself.
 */
export function watchModuleEnds(modules: readonly WireModule[]): void {
  if (modules.length === 0) return;
  let thrown: unknown;
  process.on('uncaughtExceptionMonitor', (error) => {
    thrown = error;
  });
  process.on('exit', (code) => {
    if (isOurs) return;
    // The listener runs inside of the call of process.exit, so that the stack names who made it.
    const found = moduleIn(modules, thrown === undefined ? new Error().stack : stackOf(thrown));
    const name = found?.interface;
    if (thrown !== undefined && name === undefined) return;
    const fault: ImportFault =
      thrown !== undefined && name !== undefined
        ? { code: 'failed-outside', interface: name, words: wordsOf(thrown).slice(0, longestFaultText) }
        : name === undefined
          ? { code: 'some-exited', status: code }
          : { code: 'exited', interface: name, status: code };
    send({ type: 'ending', fault });
  });
}

let isOurs = false;

/** Ends this process as is right. */
export function endRunner(): never {
  isOurs = true;
  process.exit();
}

/** The module whose file the stack is in; undefined where it is code that a module has imported. */
function moduleIn(modules: readonly WireModule[], stack = ''): WireModule | undefined {
  return modules.find(({ path }) => isIn(stack, path));
}

function isIn(stack: string, path: string): boolean {
  const real = realpathSync(path);
  return [path, real].some((file) => stack.includes(pathToFileURL(file).href) || stack.includes(file));
}

function stackOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.stack : undefined;
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}

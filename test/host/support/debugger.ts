import { connect } from 'node:net';
import * as vscode from 'vscode';
import { eventually } from './eventually';
import { sample, showInstances } from './samples';

/** Where the debugger has stopped. */
export interface Stop {
  /** The thread's session, which knows the guest's frames. */
  readonly session: vscode.DebugSession;
  readonly threadId: number;
  readonly reason: string;
  /** The frames that are the guest's or ours, innermost first: `main src/hello.c:7`. */
  readonly frames: readonly string[];
  readonly frameId: number;
}

interface RawSource {
  readonly path?: string;
  readonly name?: string;
  readonly presentationHint?: string;
}

/** Whether VS Code folds the frame away, as one of the glue. */
function isSkipped(source: RawSource | undefined): boolean {
  return source === undefined || source.presentationHint === 'deemphasize';
}

interface RawFrame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
  readonly source?: RawSource;
}

/** A tracker sees the paths of the window: relative to the workspace, whatever it is reached by. */
function shortPath(path: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const at = path.indexOf(`${folder}/`);
  return at < 0 ? path : path.slice(at + folder.length + 1);
}

/** Follows the debug sessions of a test: what stopped, and what the console was told. */
class DebuggerProbe {
  readonly #trackers: vscode.Disposable[] = [];
  readonly #inspectors = new Set<string>();
  readonly sessions = new Set<vscode.DebugSession>();
  /** Output events: category, then text. */
  readonly output: string[] = [];
  #stops: { session: vscode.DebugSession; threadId: number; reason: string }[] = [];

  /** Begins to follow sessions. */
  listen(): void {
    for (const type of ['wasi-component', 'pwa-node']) {
      this.#trackers.push(
        vscode.debug.registerDebugAdapterTrackerFactory(type, {
          createDebugAdapterTracker: (session) => ({
            onDidSendMessage: (message: { type: string; event?: string; body?: Record<string, unknown> }) => {
              if (message.type !== 'event') return;
              const body = message.body ?? {};
              if (message.event === 'output')
                this.output.push(`${String(body.category)}: ${String(body.output)}`);
              if (message.event === 'stopped')
                this.#stops.push({ session, threadId: Number(body.threadId), reason: String(body.reason) });
              if (message.event === 'continued') this.#stops = [];
            },
          }),
        }),
      );
    }
    this.#trackers.push(
      vscode.debug.onDidStartDebugSession((session) => {
        this.sessions.add(session);
        const address: unknown = session.configuration.websocketAddress;
        if (typeof address === 'string') this.#inspectors.add(new URL(address).port);
      }),
    );
    this.#trackers.push(vscode.debug.onDidTerminateDebugSession((session) => this.sessions.delete(session)));
  }

  /** Waits for the next stop, and takes it. */
  async stop(timeoutMs = 15_000): Promise<Stop> {
    const { session, threadId, reason } = await eventually(() => {
      const stop = this.#stops.shift();
      if (stop === undefined)
        throw new Error(`The debugger has not stopped. Console:\n${this.output.join('')}`);
      return stop;
    }, timeoutMs);
    const { stackFrames } = (await session.customRequest('stackTrace', { threadId, levels: 20 })) as {
      stackFrames: RawFrame[];
    };
    const frames = stackFrames.map(
      ({ name, line, source }) =>
        `${name} ${shortPath(source?.path ?? source?.name ?? '?')}:${line}${isSkipped(source) ? ' (skipped)' : ''}`,
    );
    return { session, threadId, reason, frames, frameId: stackFrames[0]?.id ?? 0 };
  }

  /** The variables of the stopped frame's first scope, by name. */
  async locals(stop: Stop): Promise<Readonly<Record<string, string>>> {
    const { scopes } = (await stop.session.customRequest('scopes', { frameId: stop.frameId })) as {
      scopes: { name: string; variablesReference: number }[];
    };
    const all: Record<string, string> = {};
    for (const { variablesReference } of scopes.slice(0, 2)) {
      const { variables } = (await stop.session.customRequest('variables', { variablesReference })) as {
        variables: { name: string; value: string }[];
      };
      for (const { name, value } of variables) all[name] ??= value;
    }
    return all;
  }

  /** Pauses the guest, as the button does. */
  async pause(): Promise<void> {
    for (const session of this.sessions) {
      if (session.type !== 'pwa-node') continue;
      const { threads } = (await session.customRequest('threads')) as { threads: { id: number }[] };
      for (const { id } of threads) await session.customRequest('pause', { threadId: id });
    }
  }

  async do(stop: Stop, command: 'next' | 'stepIn' | 'stepOut' | 'continue'): Promise<void> {
    await stop.session.customRequest(command, { threadId: stop.threadId });
  }

  /** Waits until the console was told something. */
  async told(expected: RegExp): Promise<string> {
    return await eventually(() => {
      const text = this.output.join('');
      if (!expected.test(text)) throw new Error(`The console has:\n${text}`);
      return text;
    });
  }

  async clear(): Promise<void> {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await eventually(() => {
      if (this.sessions.size > 0)
        throw new Error(`Sessions are left: ${[...this.sessions].map(({ name }) => name).join(', ')}`);
    });
    await eventually(async () => {
      for (const port of this.#inspectors)
        if (await answers(Number(port))) throw new Error('A guest has outlived its debug session.');
    });
    this.#inspectors.clear();
    this.output.length = 0;
    this.#stops = [];
  }

  dispose(): void {
    for (const tracker of this.#trackers) tracker.dispose();
  }
}

/** Follows the sessions of a suite's tests: each begins with a tidy window, and none may leave anything behind. */
export function followDebugger(): DebuggerProbe {
  const probe = new DebuggerProbe();
  before(async () => {
    probe.listen();
    await keepViewsInPlace(true);
  });
  beforeEach(tidy);
  afterEach(() => probe.clear());
  after(async () => {
    probe.dispose();
    await keepViewsInPlace(false);
  });
  return probe;
}

/** Whether a process listens on a port of this machine. */
async function answers(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Sets a breakpoint on a line (from 1) of a file of the workspace. */
export function breakAt(file: string, line: number, condition?: string, hitCondition?: string): void {
  const location = new vscode.Location(sample(file), new vscode.Position(line - 1, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location, true, condition, hitCondition)]);
}

/** Starts a session, as F5 does with that configuration selected. */
export async function debug(
  component: string,
  more: Readonly<Record<string, unknown>> = {},
  options: vscode.DebugSessionOptions = {},
): Promise<boolean> {
  return await vscode.debug.startDebugging(
    vscode.workspace.workspaceFolders?.[0],
    {
      type: 'wasi-component',
      request: 'launch',
      name: `Debug ${component}`,
      component: `\${workspaceFolder}/${component}`,
      ...more,
    },
    options,
  );
}

/** Keeps the debugger from bringing its own view to the front, so that the tree stays in sight. */
async function keepViewsInPlace(isKept: boolean): Promise<void> {
  const settings = vscode.workspace.getConfiguration('debug');
  const value = isKept ? 'neverOpen' : undefined;
  await settings.update('openDebug', value, vscode.ConfigurationTarget.Global);
  await settings.update('internalConsoleOptions', value, vscode.ConfigurationTarget.Global);
}

/** Clears away what earlier sessions have left on the screen, and shows the tree. */
async function tidy(): Promise<void> {
  await showInstances();
  for (const command of [
    'notifications.clearAll',
    'workbench.action.terminal.killAll',
    'workbench.action.closeAllEditors',
  ])
    await vscode.commands.executeCommand(command);
  await vscode.commands.executeCommand('freshInstance.disposeFinished');
}

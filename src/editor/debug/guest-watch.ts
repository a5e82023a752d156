import type * as vscode from 'vscode';
import type { SourceLine } from '../../component/dwarf-lines';
import { BreakpointRequests, plainPath } from './breakpoint-requests';
import { record, readMessage } from './dap';
import { showGuestFramesOnly } from './exception-box';
import { withTrapStop } from './trap-stop';

/** Time without a new module after which all count as known, in ms. Modules with the same bytes are announced once. */
const quietMs = 1500;

/** Time limit for breakpoints to bind once the sources are known, in ms. A breakpoint on a line without code never binds. */
const bindMs = 2000;

/** Events of the guest's session. */
export interface GuestEvents {
  /** The debugger has stopped; `reason` is the protocol's. */
  readonly onStopped: (session: vscode.DebugSession, reason: string, threadId: number) => void;
}

/** Follows the messages between VS Code and js-debug about one guest. */
export class GuestWatch {
  readonly #events: GuestEvents;
  readonly #stopOnTrap: boolean;
  readonly #modules = new Set<string>();
  #waiting: { readonly count: number; readonly resolve: () => void } | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #trapStop: Promise<unknown> = Promise.resolve();
  readonly #breakpoints = new BreakpointRequests();
  /** Paths of the sources that the debug information names, and the breakpoints that stand. */
  readonly #sources = new Set<string>();
  readonly #bound = new Set<unknown>();
  /** The session that knows the guest's modules. */
  #guest: vscode.DebugSession | undefined;
  /** The file in which the guest is to stop once, as if there was a breakpoint. */
  #entryFile: string | undefined;

  constructor(stopOnTrap: boolean, events: GuestEvents) {
    this.#stopOnTrap = stopOnTrap;
    this.#events = events;
  }

  /** Follows a session that js-debug opened below ours: the attachment, or the guest's thread. */
  track(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    return {
      onWillReceiveMessage: (message: unknown) => {
        const request = readMessage(message);
        if (request?.type !== 'request') return;
        if (request.command === 'setBreakpoints') this.#breakpoints.note(request.arguments);
        if (request.command === 'setExceptionBreakpoints') this.#stopAtTrapsToo(session, request.arguments);
      },
      onDidSendMessage: (message: unknown) => {
        showGuestFramesOnly(message);
        const event = readMessage(message);
        if (event?.type !== 'event') return;
        const { reason, threadId, source } = event.body;
        if (event.event === 'loadedSource') this.#onSource(session, record(source));
        if (event.event === 'breakpoint') this.#onBreakpoint(record(event.body.breakpoint));
        if (event.event === 'stopped' && typeof reason === 'string' && typeof threadId === 'number') {
          this.#forgetEntry();
          this.#events.onStopped(session, reason, threadId);
        }
      },
    };
  }

  /** Resolves when the debug information of so many modules has been read, and breakpoints in their sources are set. */
  async untilModulesAreRead(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting = { count, resolve };
      this.#look();
    });
    await this.#trapStop;
    await this.#untilBound(this.#breakpoints.countIn(this.#sources));
  }

  /** Stops at a line, until the debugger has stopped for the first time. To be called when modules are read. */
  async stopOnceAt({ file, line }: SourceLine): Promise<void> {
    this.#entryFile = file;
    const count = this.#bound.size + 1;
    await this.#setBreakpoints(file, line);
    await this.#untilBound(count);
  }

  dispose(): void {
    clearTimeout(this.#quiet);
  }

  /** js-debug announces a module's text once its debug information has been read, after the sources that this names. */
  #onSource(session: vscode.DebugSession, { path, name }: Readonly<Record<string, unknown>>): void {
    if (typeof path === 'string') this.#sources.add(plainPath(path));
    const text = typeof path === 'string' ? path : name;
    if (typeof text !== 'string' || !text.endsWith('.wat')) return;
    this.#modules.add(text);
    this.#guest = session;
    this.#look();
  }

  async #untilBound(count: number): Promise<void> {
    const deadline = Date.now() + bindMs;
    while (this.#bound.size < count && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
  }

  #forgetEntry(): void {
    const file = this.#entryFile;
    this.#entryFile = undefined;
    if (file !== undefined) void this.#setBreakpoints(file);
  }

  /** Sets the user's breakpoints of a file, and one on a line more if it is given. The session may be over. */
  async #setBreakpoints(file: string, line?: number): Promise<void> {
    try {
      const loaded: unknown = await this.#guest?.customRequest('loadedSources');
      const args = this.#breakpoints.arguments(file, loaded, line);
      if (args !== null) await this.#guest?.customRequest('setBreakpoints', args);
    } catch {
      // Nothing is to be stopped any more.
    }
  }

  #onBreakpoint({ id, verified }: Readonly<Record<string, unknown>>): void {
    if (verified === true) this.#bound.add(id);
  }

  #look(): void {
    clearTimeout(this.#quiet);
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    if (this.#modules.size >= waiting.count) waiting.resolve();
    else if (this.#modules.size > 0) this.#quiet = setTimeout(waiting.resolve, quietMs);
  }

  /** What the user has ticked stays; the stop at traps comes with it. */
  #stopAtTrapsToo(session: vscode.DebugSession, args: Readonly<Record<string, unknown>>): void {
    const more = this.#stopOnTrap ? withTrapStop(args) : null;
    if (more === null) return;
    this.#trapStop = Promise.resolve(session.customRequest('setExceptionBreakpoints', more)).catch(
      () => undefined,
    );
  }
}

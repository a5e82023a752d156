import type * as vscode from 'vscode';
import { record, readMessage } from './dap';
import { withTrapStop } from './trap-stop';

/** How long no module may be heard of before those that were are taken for all, in ms: modules with the same bytes count once. */
const quietMs = 1500;

/** Breakpoints are set when a module's sources are known; the answer of the engine takes this long at most, in ms. */
const settleMs = 60;

/** What a watch tells of the guest's session. */
export interface GuestEvents {
  /** The debugger has stopped; `reason` and `text` are those of the protocol. */
  readonly onStopped: (session: vscode.DebugSession, reason: string, threadId: number) => void;
  readonly onContinued: () => void;
}

/** Looks at what VS Code and js-debug say to each other about one guest. */
export class GuestWatch {
  readonly #events: GuestEvents;
  readonly #stopOnTrap: boolean;
  readonly #modules = new Set<string>();
  #waiting: { readonly count: number; readonly resolve: () => void } | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #trapStop: Promise<unknown> = Promise.resolve();

  constructor(stopOnTrap: boolean, events: GuestEvents) {
    this.#stopOnTrap = stopOnTrap;
    this.#events = events;
  }

  /** Follows a session that js-debug opened below ours: the attachment itself, or the guest's thread. */
  track(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    return {
      onWillReceiveMessage: (message: unknown) => {
        const request = readMessage(message);
        if (request?.type === 'request' && request.command === 'setExceptionBreakpoints') {
          this.#stopAtTrapsToo(session, request.arguments);
        }
      },
      onDidSendMessage: (message: unknown) => {
        const event = readMessage(message);
        if (event?.type !== 'event') return;
        const { reason, threadId, source } = event.body;
        if (event.event === 'loadedSource') this.#onSource(record(source));
        if (event.event === 'continued') this.#events.onContinued();
        if (event.event === 'stopped' && typeof reason === 'string' && typeof threadId === 'number') {
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
    await new Promise((resolve) => setTimeout(resolve, settleMs));
  }

  dispose(): void {
    clearTimeout(this.#quiet);
  }

  /** js-debug announces a module's text once its debug information has been read, after the sources that this names. */
  #onSource({ path, name }: Readonly<Record<string, unknown>>): void {
    const text = typeof path === 'string' ? path : name;
    if (typeof text !== 'string' || !text.endsWith('.wat')) return;
    this.#modules.add(text);
    this.#look();
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

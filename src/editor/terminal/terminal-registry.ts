import type * as vscode from 'vscode';
import { formatBytes } from '../../base/size';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { exportLabel, failedWithoutNetwork, type Call } from '../../instance/call';
import { describeOutcome } from '../../words/outcome';
import type { TrapExplanation } from '../../words/trap';
import type { InstanceId } from '../../instance/registry';
import { terminalText } from '../../words/terminal';
import { settings } from '../settings/settings';
import { formatDuration } from '../../base/duration';
import { GuestTerminal } from './guest-terminal';

/** Whether an instance has a terminal, and whether that shows all output: `none` if it was closed or never opened, `cut` above the output cap. */
export type TerminalState = 'none' | 'open' | 'cut';

/** What typing in an instance's terminal does. */
export interface TerminalActions {
  readonly input: (id: InstanceId, bytes: Uint8Array) => void;
  readonly inputEnd: (id: InstanceId) => void;
  readonly stop: (id: InstanceId) => void;
}

/** The terminals of this window, one for each instance that has run. They outlive their instance until the user closes them. */
export class TerminalRegistry implements Disposable {
  readonly #actions: TerminalActions;
  readonly #terminals = new Map<InstanceId, GuestTerminal>();
  readonly #changes = new Emitter<InstanceId>();

  /** Fires when an instance's terminal was opened or closed, or began or ceased to leave out output. */
  readonly onDidChange = this.#changes.event;

  constructor(actions: TerminalActions) {
    this.#actions = actions;
  }

  has(id: InstanceId): boolean {
    return this.#terminals.has(id);
  }

  /** Whether an instance has a terminal, and whether that shows all that came. */
  state(id: InstanceId): TerminalState {
    const terminal = this.#terminals.get(id);
    if (terminal === undefined) return 'none';
    return terminal.leftOutBytes > 0 ? 'cut' : 'open';
  }

  /** Shows all further output, and says so in the terminal. False if nothing was left out. */
  liftCap(id: InstanceId): boolean {
    const terminal = this.#terminals.get(id);
    const leftOut = terminal?.leftOutBytes ?? 0;
    if (terminal === undefined || leftOut === 0) return false;
    terminal.liftCap();
    terminal.note(terminalText.capLifted(formatBytes(leftOut)));
    terminal.show();
    this.#changes.fire(id);
    return true;
  }

  get(id: InstanceId): GuestTerminal | undefined {
    return this.#terminals.get(id);
  }

  /** The terminal of an instance, opened if need be. `title` is like `hello.wasm #1`. */
  open(id: InstanceId, title: string): GuestTerminal {
    const known = this.#terminals.get(id);
    if (known !== undefined) return known;
    const terminal = new GuestTerminal(title, settings.outputCapBytes(), {
      onInput: (bytes) => {
        this.#actions.input(id, bytes);
      },
      onInputEnd: () => {
        this.#actions.inputEnd(id);
      },
      onInterrupt: () => {
        this.#actions.stop(id);
      },
      onCut: () => {
        this.#changes.fire(id);
      },
      onClosed: () => {
        this.#terminals.delete(id);
        this.#actions.stop(id);
        this.#changes.fire(id);
      },
    });
    this.#terminals.set(id, terminal);
    this.#changes.fire(id);
    return terminal;
  }

  /** The instance whose terminal this is; undefined for other terminals. */
  instanceOf(terminal: vscode.Terminal): InstanceId | undefined {
    return [...this.#terminals].find(([, each]) => each.is(terminal))?.[0];
  }

  /** Ends a call's output with how it ended: one line, or two after a trap. */
  async noteEnd(id: InstanceId, call: Call, explanation: TrapExplanation | null): Promise<void> {
    const terminal = this.#terminals.get(id);
    if (terminal === undefined || call.ended === undefined) return;
    const { outcome, durationMs } = call.ended;
    if (terminal.leftOutBytes > 0) terminal.note(terminalText.leftOut(formatBytes(terminal.leftOutBytes)));
    if (failedWithoutNetwork(call)) terminal.note(terminalText.noNetwork());
    if (explanation === null)
      terminal.note(
        `${exportLabel(call.export)} ${describeOutcome(outcome)} · ${formatDuration(durationMs)}`,
      );
    else {
      terminal.warn(explanation.what);
      terminal.note(explanation.next);
    }
    await terminal.drained();
  }

  dispose(): void {
    for (const terminal of [...this.#terminals.values()]) terminal.dispose();
    this.#terminals.clear();
    this.#changes.dispose();
  }
}

import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { InstanceRegistry } from '../../instance/registry';
import { openSourceOf } from '../common/open-source';
import { terminalText } from '../../words/terminal';
import type { TerminalRegistry } from './terminal-registry';
import { notify } from '../common/notify';

class SourceLink extends vscode.TerminalLink {
  readonly component: string;
  readonly file: string;
  readonly line: number;

  constructor(match: RegExpExecArray, component: string) {
    super(match.index, match[0].length, terminalText.openLine());
    this.component = component;
    this.file = match[1] ?? '';
    this.line = Number(match[2]);
  }
}

/** `src/boom.c:5`, as traps name their place. */
const place = /((?:[A-Za-z]:)?[\w@%+=,./\\-]+\.(?:c|cc|cpp|cxx|h|hpp|rs|go|zig|js|ts|py|wat)):(\d+)/g;

/** Makes the places that traps name in guests' terminals links. VS Code would look for them in its own folder, not the component's. */
export class TrapLinks implements vscode.TerminalLinkProvider<SourceLink>, Disposable {
  readonly #terminals: TerminalRegistry;
  readonly #registry: InstanceRegistry;
  readonly #registration: vscode.Disposable;

  constructor(terminals: TerminalRegistry, registry: InstanceRegistry) {
    this.#terminals = terminals;
    this.#registry = registry;
    this.#registration = vscode.window.registerTerminalLinkProvider(this);
  }

  provideTerminalLinks({ line, terminal }: vscode.TerminalLinkContext): SourceLink[] {
    const id = this.#terminals.instanceOf(terminal);
    const component = id === undefined ? undefined : this.#registry.get(id)?.build.path;
    if (component === undefined) return [];
    return [...line.matchAll(place)].map((match) => new SourceLink(match, component));
  }

  async handleTerminalLink({ component, file, line }: SourceLink): Promise<void> {
    if (await openSourceOf(component, { file, line })) return;
    void notify.warn(terminalText.sourceNotFound(file));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

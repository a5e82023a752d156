import { basename, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import type { Call, ExportRef } from '../../instance/call';
import { isAlive } from '../../instance/life';
import type { Instance, InstanceRegistry } from '../../instance/registry';
import type { ComponentLibrary } from '../components/component-library';
import { awaitBuild, isBeingBuilt } from '../components/await-build';
import type { KnownComponent } from '../components/known-component';
import { canServe, type Purpose } from '../components/component-ranking';
import { witScheme } from '../common/ids';
import { componentOfWitUri } from '../common/wit-uri';
import { instanceTitle } from '../run/instance-starter';
import { startWithProgress } from '../common/start-progress';
import type { InstancesView } from '../tree/instances-view';
import { instanceRow } from '../tree/rows';
import type { ActiveTarget } from './active-target';
import { pickComponent } from '../components/pick-component';
import { UserError } from '../common/user-error';

/** What {@link TargetResolver} works with. */
export interface TargetResolverParts {
  readonly library: ComponentLibrary;
  readonly registry: InstanceRegistry;
  readonly view: InstancesView;
  readonly attention: ActiveTarget;
  /** How many components were used since the one with this path. */
  readonly usedAgo: (path: string) => number;
  /** The component that a source file makes or that a document's calls are for, for a command given in its editor. */
  readonly componentOfSource: (document: vscode.TextDocument) => Promise<string | undefined>;
  /** The component whose verdict the active editor explains. */
  readonly explained: () => string | undefined;
}

/** What a command was asked to act on. Commands get it from a tree row, a file, a lens, a key binding, or not at all. */
export class TargetResolver {
  readonly #parts: TargetResolverParts;

  constructor(parts: TargetResolverParts) {
    this.#parts = parts;
  }

  /**
   * The component that is meant: the one given, else that of the selected row or of the active editor, whichever the user turned to last,
   * else the user picks one. Its file is read anew, so that what is run is what is on disk. Throws a CancellationError if nothing is picked.
   */
  async component(argument: unknown, purpose: Purpose = 'any'): Promise<KnownComponent> {
    const path =
      pathOf(argument) ??
      this.#selectedPath(purpose) ??
      (await this.#activePath()) ??
      (await this.#pick(purpose));
    return await this.#load(path);
  }

  /** A component that the user picks, to call it. Throws a CancellationError if nothing is picked. */
  async pickComponent(): Promise<KnownComponent> {
    return await this.#load(await this.#pick('any'));
  }

  /** What a command is about: what it was given, else the selected row if the user turned to it last. */
  pointed(argument: unknown): unknown {
    return argument ?? this.#parts.attention.row;
  }

  /** The instance that is meant: the one given, else the selected one. */
  instance(argument: unknown): Instance {
    const instance = this.instanceIn(argument ?? this.#parts.view.selection);
    if (instance === undefined) {
      throw new UserError('No instance is selected.', 'Select one in the Instances view.');
    }
    return instance;
  }

  /**
   * The instance that is meant: the one given, else the selected one if it `fits`, else the only one that does, else the user picks one.
   * @param fits which instances the command makes sense for
   * @param none what is said where there is none, as a sentence, and what to do then
   */
  async chooseInstance(
    argument: unknown,
    fits: (instance: Instance) => boolean,
    none: string,
    nextStep = 'Run a component first.',
  ): Promise<Instance> {
    if (argument !== undefined) return this.instance(argument);
    const selected = this.instanceIn(this.#parts.view.selection);
    if (selected !== undefined && fits(selected)) return selected;
    const fitting = this.#parts.registry.all().filter((instance) => !instance.standby && fits(instance));
    const [only, ...others] = fitting;
    if (only === undefined) throw new UserError(none, nextStep);
    if (others.length === 0) return only;
    const picked = await vscode.window.showQuickPick(
      fitting.toReversed().map((instance) => {
        const { path } = instance.build;
        return {
          label: instanceTitle(this.#parts.library.get(path)?.name ?? basename(path), instance),
          description: instanceRow(instance, Date.now(), 'none').description,
          instance,
        };
      }),
      { title: 'Choose an instance', matchOnDescription: true },
    );
    if (picked === undefined) throw new vscode.CancellationError();
    return picked.instance;
  }

  /** The instance that a row or a lens names, or that a call's row belongs to. */
  instanceIn(argument: unknown): Instance | undefined {
    const id = textIn(argument, 'id');
    return id === undefined ? undefined : this.#parts.registry.get(id);
  }

  /** The export that a row or a lens names. */
  exportIn(argument: unknown): ExportRef | undefined {
    if (typeof argument !== 'object' || argument === null || !('export' in argument)) return undefined;
    const ref = argument.export;
    if (typeof ref !== 'object' || ref === null || !('func' in ref) || typeof ref.func !== 'string')
      return undefined;
    return 'interface' in ref && typeof ref.interface === 'string'
      ? { interface: ref.interface, func: ref.func }
      : { func: ref.func };
  }

  /** The handle of an instance that a row stands for, with its `$`: the one given, else the selected one. The same name on another instance is another handle. */
  handleIn(argument: unknown, { id }: Instance): string | undefined {
    const node = argument ?? this.#parts.view.selection;
    return this.instanceIn(node)?.id === id ? textIn(node, 'handle') : undefined;
  }

  /** The call that a row stands for. */
  callIn(argument: unknown): { instance: Instance; call: Call } | undefined {
    const node = argument ?? this.#parts.view.selection;
    const instance = this.instanceIn(node);
    if (typeof node !== 'object' || !('number' in node)) return undefined;
    const call = instance?.calls.find(({ number }) => number === node.number);
    return instance !== undefined && call !== undefined ? { instance, call } : undefined;
  }

  /** Reads a file. One that a build is writing is waited for a little, rather than refused. Throws a CancellationError if the user does not wait. */
  async #load(path: string): Promise<KnownComponent> {
    const component = await this.#parts.library.load(path);
    if (!isBeingBuilt(component)) return component;
    return await startWithProgress(
      component.name,
      async (signal, progress) => {
        progress('waiting for its build to end');
        const built = await awaitBuild(component, (each) => this.#parts.library.load(each), signal);
        if (signal.aborted) throw new vscode.CancellationError();
        return built;
      },
      300,
    );
  }

  async #activePath(): Promise<string | undefined> {
    const explained = this.#parts.explained();
    if (explained !== undefined) return explained;
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const uri =
      input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
    const path = uri === undefined ? undefined : pathOf(uri);
    if (path !== undefined) return path;
    const document = vscode.window.activeTextEditor?.document;
    return document === undefined ? undefined : await this.#parts.componentOfSource(document);
  }

  async #pick(purpose: Purpose): Promise<string> {
    return await pickComponent(this.#parts.library, {
      purpose,
      current: [textIn(this.#parts.view.selection, 'path'), await this.#activePath()],
      isLive: (path) =>
        this.#parts.registry.of(path).some(({ standby, state }) => !standby && isAlive(state)),
      usedAgo: this.#parts.usedAgo,
    });
  }

  /** The component of the row that the user has turned to, if it can serve. */
  #selectedPath(purpose: Purpose): string | undefined {
    const component = this.#parts.library.get(textIn(this.#parts.attention.row, 'path') ?? '');
    return component !== undefined && canServe(component, purpose) ? component.path : undefined;
  }
}

/** The .wasm file that an argument names: a URI, a tree row, an absolute path, or an object with a path. */
function pathOf(argument: unknown): string | undefined {
  if (argument instanceof vscode.Uri) {
    if (argument.scheme === witScheme) return componentOfWitUri(argument);
    return argument.path.toLowerCase().endsWith('.wasm') && argument.scheme === 'file'
      ? argument.fsPath
      : undefined;
  }
  if (typeof argument === 'string') return isAbsolute(argument) ? argument : undefined;
  return textIn(argument, 'path');
}

/** A text that rows and lenses carry: the path of their file, the id of their instance, the document and text of their call, the name of their handle. */
export function textIn(
  argument: unknown,
  field: 'path' | 'id' | 'uri' | 'text' | 'handle',
): string | undefined {
  const value: unknown =
    typeof argument === 'object' && argument !== null ? Reflect.get(argument, field) : undefined;
  return typeof value === 'string' ? value : undefined;
}

import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Call } from '../../instance/call';
import { isAlive } from '../../instance/life';
import type { Instance, InstanceRegistry } from '../../instance/registry';
import type { ComponentLibrary } from '../components/component-library';
import { awaitBuild, isBeingBuilt } from '../components/await-build';
import type { KnownComponent } from '../components/known-component';
import { canServe, type Purpose } from '../components/component-ranking';
import { pathOf, type CommandTarget } from '../common/command-target';
import { parseTarget } from '../common/parse-target';
import { instanceTitle } from '../run/instance-starter';
import { startWithProgress } from '../common/start-progress';
import type { InstancesView } from '../tree/instances-view';
import { instanceRow } from '../tree/rows';
import type { ActiveTarget } from './active-target';
import { pickComponent } from '../components/pick-component';
import { UserError } from '../common/user-error';
import { pickText } from '../../words/pickers';
import { commandErrors, type UserErrorText } from '../../words/user-errors';

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
  async component(target: CommandTarget, purpose: Purpose = 'any'): Promise<KnownComponent> {
    const path =
      pathOf(target) ??
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
  pointed(target: CommandTarget): CommandTarget {
    return target.type === 'none' ? parseTarget(this.#parts.attention.row) : target;
  }

  /** The instance that is meant: the one given, else the selected one. */
  instance(target: CommandTarget): Instance {
    const instance = this.instanceIn(this.#givenOrSelected(target));
    if (instance === undefined) {
      throw new UserError(...commandErrors.noInstanceSelected());
    }
    return instance;
  }

  /**
   * The instance that is meant: the one given, else the selected one if it `fits`, else the only one that does, else the user picks one.
   * @param fits which instances the command makes sense for
   * @param none the error if there is none
   */
  async chooseInstance(
    target: CommandTarget,
    fits: (instance: Instance) => boolean,
    none: UserErrorText,
  ): Promise<Instance> {
    if (target.type !== 'none') return this.instance(target);
    const selected = this.instanceIn(parseTarget(this.#parts.view.selection));
    if (selected !== undefined && fits(selected)) return selected;
    const fitting = this.#parts.registry.all().filter((instance) => !instance.standby && fits(instance));
    const [only, ...others] = fitting;
    if (only === undefined) throw new UserError(...none);
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
      { title: pickText.instance(), matchOnDescription: true },
    );
    if (picked === undefined) throw new vscode.CancellationError();
    return picked.instance;
  }

  /** The instance that a target names or belongs to, if it is still there. */
  instanceIn(target: CommandTarget): Instance | undefined {
    return 'id' in target ? this.#parts.registry.get(target.id) : undefined;
  }

  /** The handle of an instance, with its `$`: the one given, else the selected one. The same name on another instance is another handle. */
  handleIn(target: CommandTarget, { id }: Instance): string | undefined {
    const given = this.#givenOrSelected(target);
    return given.type === 'handle' && given.id === id ? given.handle : undefined;
  }

  /** The call of the history that is meant, with its instance: the one given, else the selected one. Undefined if neither is a call. */
  callIn(target: CommandTarget): { instance: Instance; call: Call } | undefined {
    const given = this.#givenOrSelected(target);
    const instance = this.instanceIn(given);
    if (instance === undefined || given.type !== 'call') return undefined;
    const call = instance.calls.find(({ number }) => number === given.number);
    return call === undefined ? undefined : { instance, call };
  }

  #givenOrSelected(target: CommandTarget): CommandTarget {
    return target.type === 'none' ? parseTarget(this.#parts.view.selection) : target;
  }

  /** Reads a file. One that a build is writing is waited for a little, rather than refused. Throws a CancellationError if the user does not wait. */
  async #load(path: string): Promise<KnownComponent> {
    const component = await this.#parts.library.load(path);
    if (!isBeingBuilt(component)) return component;
    return await startWithProgress(
      component.name,
      async (signal, progress) => {
        progress('waiting-for-build');
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
    const path = pathOf(parseTarget(uri));
    if (path !== undefined) return path;
    const document = vscode.window.activeTextEditor?.document;
    return document === undefined ? undefined : await this.#parts.componentOfSource(document);
  }

  async #pick(purpose: Purpose): Promise<string> {
    return await pickComponent(this.#parts.library, {
      purpose,
      current: [this.#parts.view.selection?.path, await this.#activePath()],
      isLive: (path) =>
        this.#parts.registry.of(path).some(({ standby, state }) => !standby && isAlive(state)),
      usedAgo: this.#parts.usedAgo,
    });
  }

  /** The component of the row that the user has turned to, if it can serve. */
  #selectedPath(purpose: Purpose): string | undefined {
    const component = this.#parts.library.get(this.#parts.attention.row?.path ?? '');
    return component !== undefined && canServe(component, purpose) ? component.path : undefined;
  }
}

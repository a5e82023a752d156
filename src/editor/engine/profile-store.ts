import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter, type Event } from '../../base/event';
import { bareProfile, engineOf, type EngineName, type Profile } from '../../instance/profile';
import { deprecatedKeyText, grantErrorText } from '../../words/grants';
import { notify } from '../common/notify';
import { settings } from '../settings/settings';
import { buttons } from '../../words/notifications';

const storeKey = 'profiles.v1';
const toldKey = 'profiles.deprecations-told.v1';

/** What each component is given and granted: what the user chose last, by the component's path, and else what the settings say. */
export class ProfileStore implements Disposable {
  readonly #store: vscode.Memento;
  /** Unfinished edits. They grant nothing, and the window forgets them when it closes. */
  readonly #drafts = new Map<string, Profile>();
  /** Errors in the settings that were shown in this window. */
  readonly #shown = new Set<string>();

  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new Emitter<void>());

  constructor(store: vscode.Memento) {
    this.#store = store;
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (
          change.affectsConfiguration('freshInstance.profiles') ||
          change.affectsConfiguration('freshInstance.imports') ||
          change.affectsConfiguration('freshInstance.engine')
        )
          this.#changes.fire();
      }),
    );
  }

  /** Fires when the profile of a component may have changed. */
  readonly onDidChange: Event<void> = (listener) => this.#changes.event(listener);

  /** The profile that Run uses. Shows what is wrong or deprecated in the settings, each message once. */
  get(path: string): Profile {
    const { grants, errors, deprecated } = settings.profile(path);
    for (const error of errors) this.#show(grantErrorText(error, 'profiles'), 'freshInstance.profiles');
    void this.#tellDeprecations(deprecated.map(deprecatedKeyText));
    return this.#withModules(path, { ...this.#byDefault(path, grants), ...this.#all()[path] });
  }

  /** The engine of the profile that Run uses. Unlike {@link get} it shows nothing: rows of views are drawn again and again. */
  engineOf(path: string): EngineName {
    return engineOf({ ...this.#byDefault(path), ...this.#all()[path] });
  }

  /** The user's unfinished edit of the profile. Undefined if there is none, or they have run since. */
  draft(path: string): Profile | undefined {
    const draft = this.#drafts.get(path);
    return draft === undefined ? undefined : this.#withModules(path, draft);
  }

  /** Remembers an unfinished edit for the next time. No run uses it. */
  keepDraft(path: string, { modules: _, ...draft }: Profile): void {
    this.#drafts.set(path, draft);
  }

  /** Forgets an unfinished edit. */
  dropDraft(path: string): void {
    this.#drafts.delete(path);
  }

  /**
   * Remembers the profile of a component. Its modules are not part of that, since only the settings name them; nor is its engine where that
   * is the one of the settings, so that it changes with them.
   */
  async set(path: string, { modules: _, ...given }: Profile): Promise<void> {
    this.dropDraft(path);
    const { engine: _engine, ...rest } = given;
    const engine = engineOf(given);
    const kept = engine === engineOf(this.#byDefault(path)) ? rest : { ...rest, engine };
    await this.#store.update(storeKey, { ...this.#all(), [path]: kept });
    this.#changes.fire();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** What the settings say of a component. */
  #byDefault(path: string, grants = settings.profile(path).grants): Profile {
    const engine = settings.engine(path);
    return { ...bareProfile, ...(engine === 'jco' ? {} : { engine }), ...grants };
  }

  #all(): Readonly<Record<string, Partial<Profile>>> {
    return this.#store.get<Record<string, Partial<Profile>>>(storeKey, {});
  }

  #withModules(path: string, profile: Profile): Profile {
    const { modules, errors } = settings.importModules(path);
    for (const error of errors) this.#show(grantErrorText(error, 'imports'), 'freshInstance.imports');
    return modules.length === 0 ? profile : { ...profile, modules };
  }

  #show(text: string, setting: string): void {
    if (this.#shown.has(text)) return;
    this.#shown.add(text);
    void warnOfSetting(text, setting);
  }

  /** Shows deprecations once per workspace, not once per window. */
  async #tellDeprecations(texts: readonly string[]): Promise<void> {
    const told = this.#store.get<readonly string[]>(toldKey, []);
    const unseen = texts.filter((text) => !told.includes(text));
    if (unseen.length === 0) return;
    await this.#store.update(toldKey, [...told, ...unseen]);
    for (const text of unseen) void warnOfSetting(text, 'freshInstance.profiles');
  }
}

async function warnOfSetting(text: string, setting: string): Promise<void> {
  const open = buttons.openSetting();
  if ((await notify.warn(text, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${setting}`);
}

import { missingImports, moduleFor } from '../../engine/missing-imports';
import { settings } from '../settings/settings';
import type { KnownComponent } from './known-component';

/** Number of builds that are remembered; more than a workspace has at once. */
const kept = 200;

/** Which imports keep components from being started: those that neither WASI nor a module of the settings provides. */
export class MissingImportCache {
  /** What is not WASI's and needs something behind it, by the build's content hash. */
  readonly #needed = new Map<string, Promise<readonly string[]>>();

  /** The missing imports of a component, as the settings are now; none for a file that is no component or cannot be read. */
  async of({ path, content }: KnownComponent): Promise<readonly string[]> {
    if (content.type !== 'component') return [];
    const { build, summary } = content;
    const known = this.#needed.get(build.sha256);
    const needed = known ?? missingImports(build, summary.imports, []).catch(() => []);
    if (known === undefined) {
      if (this.#needed.size >= kept) this.#needed.clear();
      this.#needed.set(build.sha256, needed);
    }
    const names = await needed;
    if (names.length === 0) return [];
    const { modules } = settings.importModules(path);
    return names.filter((name) => moduleFor(name, modules) === undefined);
  }
}

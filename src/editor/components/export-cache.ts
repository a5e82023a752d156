import { readErrorText } from '../../words/read-error';
import type { Callable } from '../../component/wave/export-lookup';
import { readCallables } from '../../calls/call-session';
import { UserError } from '../common/user-error';
import type { KnownComponent } from './known-component';
import { readOrRefuse } from './read-or-refuse';
import { readRefusals } from '../../words/user-errors';

/** How many components' exports are kept; a component with many of them takes a few hundred KiB. */
const kept = 16;

/** The exported functions of components, read when they are first asked for. */
export class ExportCache {
  readonly #exports = new Map<string, Promise<readonly Callable[]>>();

  /** The functions that can be called. Rejects with a UserError for a file that is no component, or whose exports cannot be read. */
  async of(component: KnownComponent): Promise<readonly Callable[]> {
    const { build } = readOrRefuse(component, readRefusals.readExports);
    const known = this.#exports.get(build.sha256);
    if (known !== undefined) return await known;
    const reading = readCallables(build).then((read) => {
      if (read.ok) return read.value;
      this.#exports.delete(build.sha256);
      const { sentence, advice } = readErrorText(read.error);
      throw new UserError(sentence, advice);
    });
    this.#exports.set(build.sha256, reading);
    for (const oldest of [...this.#exports.keys()].slice(0, -kept)) this.#exports.delete(oldest);
    return await reading;
  }
}

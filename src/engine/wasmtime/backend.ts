import { readFile } from 'node:fs/promises';
import { join, dirname } from 'node:path';
import type { Result } from '../../base/result';
import { neededFeatures } from '../../component/needed-features';
import type { StartFailure } from '../../component/outcome';
import { readComponent } from '../../component/read-component';
import type { InstanceId } from '../../instance/registry';
import type { Backend, BackendStart, EngineInstance } from '../backend';
import type { ComponentFile, ComponentStore } from '../component-store';
import type { EngineOptions } from '../engine-options';
import { StartError } from '../errors';
import { refuseMissingDirectories } from '../granted-directories';
import type { LaunchRequest } from '../launch-plan';
import { largestMemory, refuseAbove } from '../memory-limit';
import { missingImports } from '../missing-imports';
import { usualPlaces } from './discover';
import { lackOf, optionsFor, type ComponentNeeds } from './flags';
import { WasmtimeInstance } from './instance';
import { WasmtimeFinder, type WasmtimeProgram } from './program';
import { wasRebuilt } from './rebuilt';
import { Watchdog } from './watchdog';

/** What the backend needs of the engine. */
export interface WasmtimeBackendParts {
  readonly options: EngineOptions;
  readonly components: ComponentStore;
}

/** What is known of a component's file, by its content. */
interface Known {
  readonly needs: ComponentNeeds;
  /** The largest of the sizes that its memories begin with, in bytes. */
  readonly memoryBytes: number;
}

/**
 * Instances on the user's own wasmtime. Each is a process that makes one call and ends: none can be called again, pre-warmed or debugged.
 * Everything that a profile grants is mapped onto the options of the version found; what cannot be mapped is refused.
 */
export class WasmtimeBackend implements Backend {
  readonly #parts: WasmtimeBackendParts;
  readonly #finder: WasmtimeFinder;
  readonly #watchdog: Watchdog;
  readonly #live = new Map<InstanceId, WasmtimeInstance>();
  readonly #known = new Map<string, Known>();

  constructor(parts: WasmtimeBackendParts) {
    this.#parts = parts;
    const { options } = parts;
    this.#finder = new WasmtimeFinder(() => options.wasmtime?.() ?? usualPlaces());
    this.#watchdog = new Watchdog(join(dirname(options.files.runner), 'watchdog.js'), options.node);
  }

  /** The program that instances would be made on now, or why there is none. */
  async program(): Promise<Result<WasmtimeProgram, StartFailure>> {
    return await this.#finder.find();
  }

  take(): undefined {
    return undefined;
  }

  async start(
    id: InstanceId,
    request: LaunchRequest,
    { progress }: BackendStart,
    signal: AbortSignal,
  ): Promise<void> {
    const { registry, lowPriority = false } = this.#parts.options;
    const { build, io } = request;
    const [program, component] = await Promise.all([
      this.#finder.find(),
      this.#parts.components.componentOf(build, { signal, progress }),
    ]);
    const known = await this.#knownOf(component);
    signal.throwIfAborted();
    if (await wasRebuilt(build)) throw new StartError({ code: 'rebuilt' });
    signal.throwIfAborted();
    if (!program.ok) throw new StartError(program.error);
    registry.foundEngine(id, program.value.version);
    await this.#refuse(program.value, request, known);
    signal.throwIfAborted();
    const instance = new WasmtimeInstance({
      id,
      registry,
      program: program.value,
      file: component.path,
      needs: known.needs,
      io,
      watchdog: this.#watchdog,
      lowPriority,
      onGone: () => this.#live.delete(id),
    });
    this.#watchdog.prepare();
    this.#live.set(id, instance);
    registry.instantiated(id);
  }

  get(id: InstanceId): EngineInstance | undefined {
    return this.#live.get(id);
  }

  ids(): readonly InstanceId[] {
    return [...this.#live.keys()];
  }

  afterCall(): void {
    // Nothing is pre-warmed.
  }

  forget(): void {
    // An instance that has ended is not kept.
  }

  dispose(): void {
    this.#watchdog.dispose();
  }

  /** Rejects with a StartError for what can be known before the process starts. */
  async #refuse(
    program: WasmtimeProgram,
    request: LaunchRequest,
    { needs, memoryBytes }: Known,
  ): Promise<void> {
    const { build, profile, debug, countHostCalls } = request;
    if (debug) throw lacking(lackOf(program, { what: 'debugging' }));
    if (countHostCalls) throw lacking(lackOf(program, { what: 'counting-calls' }));
    const options = optionsFor(program, profile, needs);
    if (!options.ok) throw lacking(options.error);
    const missing = await missingImports(build, needs.imports, []);
    if (missing.length > 0) throw new StartError({ code: 'missing-imports', imports: missing });
    await refuseMissingDirectories(profile.dirs);
    const { maxMemoryBytes } = profile;
    if (maxMemoryBytes !== undefined) refuseAbove(memoryBytes, maxMemoryBytes);
  }

  async #knownOf({ path, sha256 }: ComponentFile): Promise<Known> {
    const found = this.#known.get(sha256);
    if (found !== undefined) return found;
    const read = readComponent(await readFile(path));
    const imports = read.ok ? read.value.imports.map(({ name }) => name) : [];
    const exports = read.ok ? read.value.exports.map(({ name }) => name) : [];
    const known: Known = {
      needs: {
        imports,
        interfaces: [...imports, ...exports],
        features: read.ok ? neededFeatures(read.value) : new Set(),
      },
      memoryBytes: read.ok ? largestMemory(read.value.modules) : 0,
    };
    this.#known.set(sha256, known);
    return known;
  }
}

function lacking(lack: ReturnType<typeof lackOf>): StartError {
  return new StartError({ code: 'engine-lacks', lack });
}

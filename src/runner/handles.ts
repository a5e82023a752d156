import type { WireHandle } from '../engine/wire';
import { disposeSymbol } from './dispose-symbol';

/**
 * Keeps the resources that calls returned, since they cannot leave the process, and lets numbers stand for
 * them on the wire.
 */
export class HandleTable {
  readonly #resources = new Map<number, object>();
  #last = 0;

  /** The value with every resource in it replaced by a handle. */
  toWire(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.toWire(item));
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.toWire(item)]));
    }
    if (value instanceof Map)
      return new Map([...value].map(([key, item]) => [this.toWire(key), this.toWire(item)]));
    this.#last += 1;
    this.#resources.set(this.#last, value);
    return { $handle: this.#last, resource: value.constructor.name } satisfies WireHandle;
  }

  /** The value with every handle in it replaced by its resource. Throws for a handle that is not known. */
  fromWire(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.fromWire(item));
    if (value instanceof Map)
      return new Map([...value].map(([key, item]) => [this.fromWire(key), this.fromWire(item)]));
    if ('$handle' in value) return this.#known(value.$handle);
    // jco takes promises for futures, and whatever can be iterated for streams.
    if ('$future' in value) return Promise.resolve(this.fromWire(value.$future));
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.fromWire(item)]));
  }

  /**
   * Whether calls returned resources that are still here. Once nothing refers to them, their destructors
   * could run at any time.
   */
  get holdsAny(): boolean {
    return this.#resources.size > 0;
  }

  /** The stream or future that a handle stands for. Throws for a handle that is not known. */
  get(handle: number): object {
    return this.#known(handle);
  }

  /** Lets go of a resource that is the guest's from now on, or of what was read to its end. */
  forget(handle: number): void {
    this.#resources.delete(handle);
  }

  /**
   * Lets go of a resource, running its destructor. Throws for a handle that is not known, and what the
   * destructor throws.
   */
  drop(handle: number): void {
    const resource = this.#known(handle);
    this.#resources.delete(handle);
    const dispose: unknown = Reflect.get(resource, disposeSymbol);
    if (typeof dispose === 'function') dispose.call(resource);
  }

  #known(handle: unknown): object {
    const resource = typeof handle === 'number' ? this.#resources.get(handle) : undefined;
    if (resource === undefined) throw new Error(`There is no resource with the handle ${String(handle)}.`);
    return resource;
  }
}

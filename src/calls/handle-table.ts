import { err, ok, type Result } from '../base/result';
import type { TypeOf } from '../component/types';
import type { HandleLack, HandleLookup, HandleNaming, HandleType } from '../component/wave/handles';
import { printType } from '../component/wit-print';
import { dropRef, readRef, type ExportRef } from '../instance/call';

/** The call that returned a handle. */
export interface HandleOrigin {
  /** The call as text. */
  readonly text: string;
  /** The interface of the called function; absent for one of the world. */
  readonly interface?: string;
}

/** A handle that calls can use. */
export interface LiveHandle {
  /** With the `$`. */
  readonly name: string;
  /** Its resource as WIT writes it. */
  readonly type: string;
  /** The call that returned it. */
  readonly from: string;
  /** Whether it is a resource that the host owns. */
  readonly droppable: boolean;
  /** Whether it can be read: a stream or a future. */
  readonly readable: boolean;
}

/** A handle that can be dropped. */
export interface DroppableHandle {
  readonly name: string;
  readonly number: number;
  readonly resource: string;
  /** What the history calls the drop. */
  readonly ref: ExportRef;
}

/** A stream or a future that can be read. */
export interface ReadableHandle {
  readonly name: string;
  readonly number: number;
  readonly type: TypeOf<'stream' | 'future'>;
  /** The call that returned it. */
  readonly origin: HandleOrigin;
  /** What the history calls the read. */
  readonly ref: ExportRef;
}

interface Known {
  readonly value: unknown;
  readonly type: HandleType;
  readonly origin: HandleOrigin;
}

/** Why no call can use a handle any more. */
type Gone = 'given' | 'dropped' | 'read';

/** Why a handle cannot be dropped or read. `src/words/handles.ts` puts it into words. */
export type HandleProblem =
  /** `written` has not the form of a handle's name, `$1`. */
  | { readonly code: 'not-a-name'; readonly written: string }
  | { readonly code: 'unknown' | 'named-twice' | 'untyped-stream'; readonly name: string }
  | { readonly code: 'gone'; readonly name: string; readonly how: Gone }
  /** `borrowed` and `no-destructor` cannot be dropped because of their type, `not-readable` cannot be read. */
  | {
      readonly code: 'borrowed' | 'no-destructor' | 'not-readable';
      readonly name: string;
      /** As WIT writes it. */
      readonly type: string;
    };

/** For how many used handles the table remembers what happened to them; a loop can use thousands. */
const goneKept = 1000;

/**
 * The handles that calls on one instance returned, by the names in their results: `$1`. A value is an object
 * with the number that it has on the engine's wire.
 */
export class HandleTable implements HandleNaming {
  readonly #known = new Map<string, Known>();
  readonly #gone = new Map<string, Gone>();
  /** Handles with a read that waits for more. */
  readonly #awaited = new Set<string>();
  /** The last result of {@link live}, since each row of a list asks for it. */
  #live: readonly LiveHandle[] | undefined;
  readonly #whyElsewhere: (name: string) => HandleLack | undefined;

  /**
   * @param whyElsewhere says of a handle that was never in this table why it cannot be used, where more is known than
   *   that; the name is without its `$`
   */
  constructor(whyElsewhere: (name: string) => HandleLack | undefined = () => undefined) {
    this.#whyElsewhere = whyElsewhere;
  }

  /** Whether a handle can be used. @param name without its `$` */
  has(name: string): boolean {
    return this.#known.has(name);
  }

  nameFor(value: unknown): string {
    return numberOf(value);
  }

  /** Names the handles that a call returned, and adds them to the table. */
  returnedBy(origin: HandleOrigin): HandleNaming {
    return {
      nameFor: (value, type) => {
        const name = numberOf(value);
        if (!this.#known.has(name)) {
          this.#known.set(name, { value, type, origin });
          this.#live = undefined;
        }
        return name;
      },
    };
  }

  /** The names, with the `$`, of the handles of a type, oldest first. */
  namesFor(type: HandleType): readonly string[] {
    return [...this.#known].filter(([, known]) => fits(known.type, type)).map(([name]) => `$${name}`);
  }

  /** All handles that can still be used, oldest first. */
  live(): readonly LiveHandle[] {
    this.#live ??= [...this.#known].map(([name, { type, origin }]) => ({
      name: `$${name}`,
      type: printType(type),
      from: origin.text,
      droppable: type.kind === 'own',
      readable: type.kind === 'stream' || type.kind === 'future',
    }));
    return this.#live;
  }

  /**
   * Looks up the handles to drop. One wrong name is an error for all.
   * @param names with the `$`
   */
  forDrop(names: readonly string[]): Result<readonly DroppableHandle[], HandleProblem> {
    const found = new Map<string, DroppableHandle>();
    for (const name of names) {
      const handle = this.#forDrop(name);
      if (!handle.ok) return handle;
      if (found.has(name)) return err({ code: 'named-twice', name });
      found.set(name, handle.value);
    }
    return ok([...found.values()]);
  }

  /** Removes a handle that was dropped, whatever its destructor did. */
  dropped({ name }: DroppableHandle): void {
    this.#lose(name.slice(1), 'dropped');
  }

  /**
   * Looks up the handle to read.
   * @param name with the `$`
   */
  forRead(name: string): Result<ReadableHandle, HandleProblem> {
    const found = this.#find(name);
    if (!found.ok) return found;
    const { type, origin } = found.value;
    if (type.kind !== 'stream' && type.kind !== 'future')
      return err({ code: 'not-readable', name, type: printType(type) });
    if (type.kind === 'stream' && type.element === null) return err({ code: 'untyped-stream', name });
    const ref = readRef(origin.interface, printType(type));
    return ok({ name, number: Number(name.slice(1)), type, origin, ref });
  }

  /** Notes a read: after the end the handle is gone, and while more is awaited no call can take it. */
  read({ name }: ReadableHandle, end: 'done' | 'more' | 'waiting'): void {
    const bare = name.slice(1);
    this.#awaited.delete(bare);
    if (end === 'done') this.#lose(bare, 'read');
    else if (end === 'waiting') this.#awaited.add(bare);
  }

  /** Looks up the handles of one call. */
  forCall(): CallHandles {
    const given = new Set<string>();
    const lent = new Set<string>();
    return {
      find: (name, type) => {
        const known = this.#known.get(name);
        if (known === undefined) return { lack: this.#whyNone(name) };
        if (given.has(name) || (lent.has(name) && type.kind !== 'borrow')) {
          return { lack: { code: 'named-twice', name } };
        }
        if (!fits(known.type, type)) {
          return { lack: { code: 'other-type', name, type: known.type, wanted: type } };
        }
        if (this.#awaited.has(name)) {
          return { lack: { code: 'awaited', name } };
        }
        // A handle that is not lent belongs to the callee after the call.
        (type.kind === 'borrow' ? lent : given).add(name);
        return { value: known.value };
      },
      made: () => {
        for (const name of given) this.#lose(name, 'given');
      },
      // Not a getter: V8 makes a hidden class for each object with one, and every call makes such an object.
      given: () => [...given].map(Number),
    };
  }

  #forDrop(name: string): Result<DroppableHandle, HandleProblem> {
    const found = this.#find(name);
    if (!found.ok) return found;
    const { type, origin } = found.value;
    switch (type.kind) {
      case 'own':
        return ok({
          name,
          number: Number(name.slice(1)),
          resource: printType(type),
          ref: dropRef(origin.interface, type.resource.name ?? 'resource'),
        });
      case 'borrow':
        return err({ code: 'borrowed', name, type: printType(type) });
      case 'stream':
      case 'future':
      case 'error-context':
        return err({ code: 'no-destructor', name, type: printType(type) });
    }
  }

  #find(written: string): Result<Known, HandleProblem> {
    if (!/^\$\d+$/.test(written)) return err({ code: 'not-a-name', written });
    const known = this.#known.get(written.slice(1));
    if (known !== undefined) return ok(known);
    const how = this.#gone.get(written.slice(1));
    return err(how === undefined ? { code: 'unknown', name: written } : { code: 'gone', name: written, how });
  }

  #lose(name: string, how: Gone): void {
    this.#known.delete(name);
    this.#live = undefined;
    this.#gone.set(name, how);
    const oldest = this.#gone.size > goneKept ? this.#gone.keys().next() : undefined;
    if (oldest?.done === false) this.#gone.delete(oldest.value);
  }

  #whyNone(name: string): HandleLack {
    const how = this.#gone.get(name);
    if (how !== undefined) return { code: 'gone', name, how };
    return this.#whyElsewhere(name) ?? { code: 'none-on-instance', name };
  }
}

/** Finds the handles of one call, and notes the ones that it gives away. */
export interface CallHandles extends HandleLookup {
  /** The numbers of the handles that the call gives away. */
  given(): readonly number[];
  /** Removes the handles that the call gave away, once it was made. */
  made(): void;
}

function fits(known: HandleType, wanted: HandleType): boolean {
  if ('resource' in known && 'resource' in wanted) return known.resource === wanted.resource;
  return known.kind === wanted.kind && printType(known) === printType(wanted);
}

function numberOf(value: unknown): string {
  return typeof value === 'object' &&
    value !== null &&
    '$handle' in value &&
    typeof value.$handle === 'number'
    ? String(value.$handle)
    : '?';
}

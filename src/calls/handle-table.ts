import { err, ok, type Result } from '../base/result';
import type { TypeOf } from '../component/types';
import type { HandleLookup, HandleNaming, HandleType } from '../component/wave/handles';
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
  /** As it is written, with the `$`. */
  readonly name: string;
  /** Its resource as WIT writes it. */
  readonly type: string;
  /** The call that returned it. */
  readonly from: string;
  /** Whether it is a resource that the host owns; a stream is none. */
  readonly droppable: boolean;
  /** Whether what it holds can be read: a stream or a future. */
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

/** Of how many handles it is known what became of them; a loop can use up thousands. */
const goneKept = 1000;

/**
 * The resources that the calls on one instance returned, by the names that their results show: `$1`. The values are what the engine's wire
 * has for them, objects with a number of their own.
 */
export class HandleTable implements HandleNaming {
  readonly #known = new Map<string, Known>();
  readonly #gone = new Map<string, Gone>();
  /** Those of which a read waits for what comes next. */
  readonly #awaited = new Set<string>();
  /** What {@link live} gave last; each row of a list asks for it. */
  #live: readonly LiveHandle[] | undefined;

  nameFor(value: unknown): string {
    return numberOf(value);
  }

  /** Names what a call returned, which is known from then on. */
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

  /** The names, with their `$`, that can stand for a value of this type, the oldest first. */
  namesFor(type: HandleType): readonly string[] {
    return [...this.#known].filter(([, known]) => fits(known.type, type)).map(([name]) => `$${name}`);
  }

  /** All that can still be used, the oldest first. */
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
   * Looks up what is to be dropped. All names are right, or none is dropped.
   * @param names with their `$`
   * @returns in words why one of them cannot be: there is none, it is gone, it is not the host's own
   */
  forDrop(names: readonly string[]): Result<readonly DroppableHandle[], string> {
    const found = new Map<string, DroppableHandle>();
    for (const name of names) {
      const handle = this.#forDrop(name);
      if (!handle.ok) return handle;
      if (found.has(name)) return err(`\`${name}\` stands twice.`);
      found.set(name, handle.value);
    }
    return ok([...found.values()]);
  }

  /** The drop was made: the handle is gone, whatever its destructor did. */
  dropped({ name }: DroppableHandle): void {
    this.#lose(name.slice(1), 'dropped');
  }

  /**
   * Looks up what is to be read.
   * @param written with the `$`
   * @returns in words why it cannot be: there is none, it is gone, it is a resource, nothing can be shown of it
   */
  forRead(written: string): Result<ReadableHandle, string> {
    const found = this.#find(written);
    if (!found.ok) return found;
    const { type, origin } = found.value;
    if (type.kind !== 'stream' && type.kind !== 'future')
      return err(`\`${written}\` is a ${printType(type)}: only streams and futures can be read.`);
    if (type.kind === 'stream' && type.element === null)
      return err(`\`${written}\` is a stream without a type: its items hold nothing that could be shown.`);
    const ref = readRef(origin.interface, printType(type));
    return ok({ name: written, number: Number(written.slice(1)), type, origin, ref });
  }

  /** It was read: gone if that was all, not to be given away while something is waited for. */
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
        if (known === undefined) return { problem: this.#whyNone(name) };
        if (given.has(name) || (lent.has(name) && type.kind !== 'borrow')) {
          return { problem: `\`$${name}\` stands twice in this call, which takes it for good.` };
        }
        if (!fits(known.type, type)) {
          return { problem: `\`$${name}\` is a ${printType(known.type)}, not a ${printType(type)}.` };
        }
        if (this.#awaited.has(name)) {
          return { problem: `\`$${name}\` is still waited for: \`:read $${name}\` goes on reading it.` };
        }
        // What is not lent is the callee's from then on.
        (type.kind === 'borrow' ? lent : given).add(name);
        return { value: known.value };
      },
      made: () => {
        for (const name of given) this.#lose(name, 'given');
      },
      // No getter: V8 keeps a hidden class of its own for each object that is written with one, and there is one for every call.
      given: () => [...given].map(Number),
    };
  }

  #forDrop(written: string): Result<DroppableHandle, string> {
    const found = this.#find(written);
    if (!found.ok) return found;
    const { type, origin } = found.value;
    switch (type.kind) {
      case 'own':
        return ok({
          name: written,
          number: Number(written.slice(1)),
          resource: printType(type),
          ref: dropRef(origin.interface, type.resource.name ?? 'resource'),
        });
      case 'borrow':
        return err(`\`${written}\` is borrowed (${printType(type)}): only its owner can drop it.`);
      case 'stream':
      case 'future':
      case 'error-context':
        return err(`\`${written}\` is a ${printType(type)}, not a resource: it has no destructor to run.`);
    }
  }

  #find(written: string): Result<Known, string> {
    if (!/^\$\d+$/.test(written)) {
      return err(
        `\`${written}\` is no name of a handle: they are written as results show them, like \`$1\`.`,
      );
    }
    const name = written.slice(1);
    const known = this.#known.get(name);
    return known === undefined ? err(this.#whyNone(name)) : ok(known);
  }

  #lose(name: string, how: Gone): void {
    this.#known.delete(name);
    this.#live = undefined;
    this.#gone.set(name, how);
    const oldest = this.#gone.size > goneKept ? this.#gone.keys().next() : undefined;
    if (oldest?.done === false) this.#gone.delete(oldest.value);
  }

  #whyNone(name: string): string {
    switch (this.#gone.get(name)) {
      case 'given':
        return `\`$${name}\` was given to an earlier call for good.`;
      case 'dropped':
        return `\`$${name}\` was dropped.`;
      case 'read':
        return `\`$${name}\` was read to its end.`;
      case undefined:
        return `There is no handle \`$${name}\` on this instance.`;
    }
  }
}

/** Finds the handles of one call, and remembers which it gives away. */
export interface CallHandles extends HandleLookup {
  /** The numbers of those that were found for a callee to take for good. */
  given(): readonly number[];
  /** The call was made: what it gave away is gone. */
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

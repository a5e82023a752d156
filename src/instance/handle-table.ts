import type { HandleLookup, HandleNaming, HandleType } from '../component/wave/handles';
import { printType } from '../component/wit-print';

interface Known {
  readonly value: unknown;
  readonly type: HandleType;
  /** Set once a call was given the handle for good. */
  gone: boolean;
}

/**
 * The resources that the calls on one instance returned, by the names that their results show: `$1`. The values are what the engine's wire
 * has for them, objects with a number of their own.
 */
export class HandleTable implements HandleNaming {
  readonly #known = new Map<string, Known>();

  nameFor(value: unknown, type: HandleType): string {
    const name = numberOf(value);
    if (!this.#known.has(name)) this.#known.set(name, { value, type, gone: false });
    return name;
  }

  /** The names, with their `$`, that can stand for a value of this type, the oldest first. */
  namesFor(type: HandleType): readonly string[] {
    return [...this.#known]
      .filter(([, known]) => !known.gone && fits(known.type, type))
      .map(([name]) => `$${name}`);
  }

  /** Looks up the handles of one call. */
  forCall(): CallHandles {
    const given = new Set<string>();
    const lent = new Set<string>();
    return {
      find: (name, type) => {
        const known = this.#known.get(name);
        if (known === undefined) return { problem: `There is no handle \`$${name}\` on this instance.` };
        if (known.gone) return { problem: `\`$${name}\` was given to an earlier call for good.` };
        if (given.has(name) || (lent.has(name) && type.kind !== 'borrow')) {
          return { problem: `\`$${name}\` stands twice in this call, which takes it for good.` };
        }
        if (!fits(known.type, type)) {
          return { problem: `\`$${name}\` is a ${printType(known.type)}, not a ${printType(type)}.` };
        }
        // What is not lent is the callee's from then on.
        (type.kind === 'borrow' ? lent : given).add(name);
        return { value: known.value };
      },
      made: () => {
        for (const name of given) {
          const known = this.#known.get(name);
          if (known !== undefined) known.gone = true;
        }
      },
    };
  }
}

/** Finds the handles of one call, and remembers which it gives away. */
export interface CallHandles extends HandleLookup {
  /** The call was made: what it gave away is gone. */
  made(): void;
}

function fits(known: HandleType, wanted: HandleType): boolean {
  if ('resource' in known && 'resource' in wanted) return known.resource === wanted.resource;
  return known.kind === wanted.kind && printType(known) === printType(wanted);
}

function numberOf(value: unknown): string {
  return typeof value === 'object' && value !== null && '$handle' in value ? String(value.$handle) : '?';
}

import type { FileFacts } from '../component/anatomy/facts';
import { childRows } from '../component/anatomy/child-rows';
import { readOverview } from '../component/anatomy/read-overview';
import { readSizes } from '../component/anatomy/read-sizes';
import type { SizeOrigin, SizeRow, SizeTable } from '../component/anatomy/sizes';
import type { Structure } from '../component/anatomy/structure';

/** What `inspect --json` prints of the inside of a file, whatever it is. */
export interface InspectedAnatomy extends Omit<FileFacts, 'producers'> {
  /** Null for a damaged file. */
  readonly structure: Structure | null;
  readonly sizes: {
    readonly bytes: number;
    readonly functions: number;
    readonly origins: readonly SizeOrigin[];
    /** What is in the file; the sizes of what has no `parts` add up to the file's. */
    readonly parts: readonly SizePart[];
  };
}

/** A row of the table of sizes with what is in it. */
export interface SizePart extends Omit<SizeRow, 'id' | 'parent' | 'origin'> {
  /** What a function comes from. */
  readonly origin?: string;
  readonly parts?: readonly SizePart[];
}

/** Reads the structure, the facts and the sizes of a file. */
export function inspectAnatomy(bytes: Uint8Array): InspectedAnatomy {
  const { structure, facts } = readOverview(bytes);
  const { metadata, debug, wasi, features } = facts;
  const table = readSizes(bytes);
  const { fileBytes, functionCount, origins } = table;
  return {
    metadata,
    debug,
    wasi,
    features,
    structure,
    sizes: { bytes: fileBytes, functions: functionCount, origins, parts: partsOf(table) },
  };
}

function partsOf({ rows, origins }: SizeTable): readonly SizePart[] {
  const children = childRows(rows);
  const below = (parent: number): readonly SizePart[] =>
    (children.get(parent) ?? []).map(({ id, parent: _, origin, ...row }) => {
      const parts = below(id);
      const from = origin === null ? undefined : origins[origin];
      return {
        ...row,
        ...(from === undefined ? {} : { origin: from.name }),
        ...(parts.length === 0 ? {} : { parts }),
      };
    });
  return below(0);
}

import type { GraphEdge, GraphNode } from '../messages';

/** Where a box of the graph stands, in px. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The size of a box and the space between two, in px. */
export const box = { width: 158, height: 46, gapX: 34, gapY: 14 };

/**
 * Boxes in columns: each stands to the right of those that give it something. Things in a file are made in an order, so there are no circles; in
 * one that was damaged there may be, and then some edge points to the left.
 */
export function layOut(
  nodes: readonly Pick<GraphNode, 'id' | 'shape'>[],
  edges: readonly GraphEdge[],
): { readonly places: ReadonlyMap<string, Place>; readonly width: number; readonly height: number } {
  const columns = columnsOf(nodes, edges);
  const rows = new Map<number, number>();
  const places = new Map<string, Place>();
  for (const { id } of nodes) {
    const column = columns.get(id) ?? 0;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    places.set(id, { x: column * (box.width + box.gapX), y: row * (box.height + box.gapY) });
  }
  const columnCount = Math.max(0, ...rows.keys()) + 1;
  const rowCount = Math.max(1, ...rows.values());
  return {
    places,
    width: columnCount * (box.width + box.gapX) - box.gapX,
    height: rowCount * (box.height + box.gapY) - box.gapY,
  };
}

function columnsOf(
  nodes: readonly Pick<GraphNode, 'id' | 'shape'>[],
  edges: readonly GraphEdge[],
): ReadonlyMap<string, number> {
  const columns = new Map(nodes.map(({ id }) => [id, 0]));
  const inside = edges.filter(({ from, to }) => columns.has(from) && columns.has(to));
  // Each round settles one more column; a circle would never end.
  for (let round = 0, moved = true; moved && round < nodes.length; round++) {
    moved = false;
    for (const { from, to } of inside) {
      const least = (columns.get(from) ?? 0) + 1;
      if (least < nodes.length && (columns.get(to) ?? 0) < least) {
        columns.set(to, least);
        moved = true;
      }
    }
  }
  const last = Math.max(0, ...columns.values());
  for (const { id, shape } of nodes) if (shape === 'export') columns.set(id, Math.max(1, last));
  return columns;
}

import type { LiveHandle } from '../../calls/handle-table';
import { spoken, type Row } from './rows';

/** How much of a call's text a row shows, in characters. */
const shownLength = 48;

/** The row of a handle: its name, its resource, and the call that returned it. */
export function handleRow({ name, type, from, droppable }: LiveHandle): Row {
  const shown = from.length > shownLength ? `${from.slice(0, shownLength - 1)}…` : from;
  const description = `${type} · from ${shown}`;
  return {
    label: name,
    description,
    icon: { id: 'symbol-reference' },
    contextValue: droppable ? 'handle.droppable' : 'handle',
    tooltip: [`${name} stands for this ${type} in calls on this instance.`, `Returned by ${from}`],
    accessibleLabel: `Handle ${name}, ${spoken(description)}`,
  };
}

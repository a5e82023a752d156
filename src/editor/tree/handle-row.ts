import type { LiveHandle } from '../../calls/handle-table';
import { otherRowText } from '../../words/tree';
import { spoken, type Row } from './rows';

/** How much of a call's text a row shows, in characters. */
const shownLength = 48;

/** The row of a handle: its name, its resource, and the call that returned it. */
export function handleRow({ name, type, from, droppable }: LiveHandle): Row {
  const shown = from.length > shownLength ? `${from.slice(0, shownLength - 1)}…` : from;
  const description = otherRowText.handleFrom(type, shown);
  return {
    label: name,
    description,
    icon: { id: 'symbol-reference' },
    contextValue: droppable ? 'handle.droppable' : 'handle',
    tooltip: [otherRowText.handleMeaning(name, type), otherRowText.handleOrigin(from)],
    accessibleLabel: otherRowText.handle(name, spoken(description)),
  };
}

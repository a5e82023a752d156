import { fullName, plainName, type Callable } from '../../component/wave/export-lookup';
import { printFunction } from '../../component/wit-print';
import { otherRowText } from '../../words/tree';
import type { Verdict } from '../../reuse/verdict';
import { trapsAgain, wouldTrapAgain } from '../../words/repeat';
import type { Row } from './rows';

/**
 * The row of an exported function, with its signature as WIT.
 * @param trapping the verdict that a repeated call of it would trap; absent where nothing says that it would
 */
export function exportRow(callee: Callable, trapping?: Verdict): Row {
  const signature = printFunction(callee.type);
  const name = plainName(callee.func);
  const home = callee.interface === undefined ? '' : ` · ${callee.interface}`;
  // A narrow view cuts off the end.
  const warning = trapping === undefined ? '' : `${trapsAgain()} · `;
  return {
    label: name,
    description: `${warning}${signature}${home}`,
    icon:
      trapping === undefined
        ? { id: callee.func.startsWith('[') ? 'symbol-method' : 'symbol-function' }
        : { id: 'warning', color: 'list.warningForeground' },
    contextValue: 'export',
    tooltip: [
      `${fullName(callee)}: ${signature}`,
      ...(trapping === undefined ? [] : [wouldTrapAgain(name, trapping)]),
    ],
    accessibleLabel: otherRowText.export(
      name,
      `${trapping === undefined ? '' : `${trapsAgain()}, `}${signature}`,
    ),
  };
}

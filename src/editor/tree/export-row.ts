import { fullName, plainName, type Callable } from '../../component/wave/export-lookup';
import { printFunction } from '../../component/wit-print';
import { otherRowText } from '../../words/tree';
import type { Row } from './rows';

/** The row of an exported function, with its signature as WIT. */
export function exportRow(callee: Callable): Row {
  const signature = printFunction(callee.type);
  const name = plainName(callee.func);
  const home = callee.interface === undefined ? '' : ` · ${callee.interface}`;
  return {
    label: name,
    description: `${signature}${home}`,
    icon: { id: callee.func.startsWith('[') ? 'symbol-method' : 'symbol-function' },
    contextValue: 'export',
    tooltip: [`${fullName(callee)}: ${signature}`],
    accessibleLabel: otherRowText.export(name, signature),
  };
}

import { lineTable } from '../component/dwarf-lines';
import type { CodeLocation } from '../component/code-location';
import type { Place } from './machine/event';

/** Names a place that the machine has been at: module, function, offset in the module, and source line if known. */
export function codeLocation({ state, funcIndex, offset }: Place): CodeLocation {
  const { module } = state.linked;
  const name = module.funcName(funcIndex);
  const offsetInModule = offset - module.start;
  const source = lineTable(module)(offsetInModule);
  return {
    module: module.number,
    funcIndex,
    offset: offsetInModule,
    ...(name === null ? {} : { func: name }),
    ...(source === null ? {} : { source }),
  };
}

/** Whether two places are the same instruction. */
export function samePlace(left: Place | undefined, right: Place | undefined): boolean {
  return left !== undefined && left.offset === right?.offset;
}

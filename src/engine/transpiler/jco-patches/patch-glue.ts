import { patchCharLowering } from './char-lowering';
import { patchDebugLog } from './debug-log';
import { patchEarlyReturn, patchTaskFailure } from './early-return';
import { patchHandleCheck } from './handle-check';
import { patchMapCounter } from './map-counter';
import { patchResourceDrop } from './resource-drop';
import { patchScalarLifting } from './scalar-lifting';
import { patchStringDecoding } from './string-decoding';

const patches = [
  patchResourceDrop,
  patchCharLowering,
  patchMapCounter,
  patchDebugLog,
  patchStringDecoding,
  patchScalarLifting,
  patchHandleCheck,
  patchEarlyReturn,
  patchTaskFailure,
];

/**
 * The module that jco 1.35 generates, without the faults that values, resources and host calls meet. Throws
 * for a shape it does not know.
 */
export function patchGlue(source: string): string {
  return patches.reduce((patched, patch) => patch(patched), source);
}

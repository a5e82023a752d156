import { printFloat } from '../wave/numbers';

/** A floating-point number as text that gives the same bits when it is read: NaNs with their payload. */
export function floatText(bytes: Uint8Array, offset: number, size: 4 | 8): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, size);
  const value = size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  const isNegative = ((bytes[offset + size - 1] ?? 0) & 0x80) !== 0;
  const sign = isNegative ? '-' : '';
  if (Number.isNaN(value)) return `${sign}${nanText(view, size)}`;
  return `${sign}${printFloat(size === 4 ? 'f32' : 'f64', Math.abs(value))}`;
}

function nanText(view: DataView, size: 4 | 8): string {
  const payload =
    size === 4 ? BigInt(view.getUint32(0, true) & 0x7fffff) : view.getBigUint64(0, true) & 0xfffffffffffffn;
  const canonical = size === 4 ? 0x400000n : 0x8000000000000n;
  return payload === canonical ? 'nan' : `nan:0x${payload.toString(16)}`;
}

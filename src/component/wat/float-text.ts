/** A floating-point number as text that gives the same bits when it is read: NaNs with their payload. */
export function floatText(bytes: Uint8Array, offset: number, size: 4 | 8): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, size);
  const value = size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  const isNegative = ((bytes[offset + size - 1] ?? 0) & 0x80) !== 0;
  const sign = isNegative ? '-' : '';
  if (Number.isNaN(value)) return `${sign}${nanText(view, size)}`;
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return `${sign}inf`;
  return `${sign}${size === 4 ? shortest32(magnitude) : String(magnitude)}`;
}

function nanText(view: DataView, size: 4 | 8): string {
  const payload =
    size === 4 ? BigInt(view.getUint32(0, true) & 0x7fffff) : view.getBigUint64(0, true) & 0xfffffffffffffn;
  const canonical = size === 4 ? 0x400000n : 0x8000000000000n;
  return payload === canonical ? 'nan' : `nan:0x${payload.toString(16)}`;
}

/** The fewest digits that are read as the same number of 32 bits: nine are always enough. */
function shortest32(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}

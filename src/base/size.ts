/** A size in bytes: `512 B`, `64 KiB`, `1.1 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  if (bytes < 1024 * 1024) return `${String(Math.round(bytes / 1024))} KiB`;
  if (bytes < 1024 * 1024 * 1024) return `${oneDecimal(bytes / 1024 / 1024)} MiB`;
  return `${oneDecimal(bytes / 1024 / 1024 / 1024)} GiB`;
}

function oneDecimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}

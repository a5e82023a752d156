import type { Result } from '../../base/result';
import { err, ok } from '../../base/result';
import type { WaveError } from './error';
import { WaveFailure, toWaveError } from './error';

const replacement = '\ufffd';

/** Reads bytes of a file or of stdin as UTF-8, without a byte order mark. The error names the first byte that is wrong. */
export function decodeText(bytes: Uint8Array): Result<string, WaveError> {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let bytesBefore = 0;
  let from = 0;
  for (let at = text.indexOf(replacement); at >= 0; at = text.indexOf(replacement, from)) {
    bytesBefore += Buffer.byteLength(text.slice(from, at));
    // The decoder replaces what it cannot read; the replacement character may also be in the text itself.
    if (bytes[bytesBefore] !== 0xef || bytes[bytesBefore + 1] !== 0xbf || bytes[bytesBefore + 2] !== 0xbd) {
      const problem = { kind: 'not-utf8', at: bytesBefore, byte: bytes[bytesBefore] ?? 0 } as const;
      return err(toWaveError(new WaveFailure(problem, { offset: at, end: at + 1 }), text));
    }
    bytesBefore += 3;
    from = at + 1;
  }
  return ok(text.startsWith('\ufeff') ? text.slice(1) : text);
}

import { usageText } from '../words/cli-usage';
import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { messageOf } from '../base/error';
import type { Result } from '../base/result';
import { ok } from '../base/result';
import { CallExtent, isBlank } from '../component/wave/split-calls';
import { decodeText } from '../component/wave/decode-text';
import type { WaveError } from '../component/wave/error';
import { maxTextLength } from '../component/wave/parse';
import type { CallSource } from './call-options';
import { usageError } from './usage';

/** A call as text, or the error of bytes that are no text. */
export interface CallLine {
  readonly text: Result<string, WaveError>;
  /** Where it starts; null for an argument. */
  readonly where: { readonly file: string; readonly line: number } | null;
}

/**
 * The calls of a source, one per line, each as soon as it arrives. A call with open brackets continues on the
 * next line. Empty lines and comments between calls are skipped. Throws UsageError for a file that cannot be
 * read.
 * @param signal ends the wait for the next line
 */
export async function* callLines(source: CallSource, signal: AbortSignal): AsyncGenerator<CallLine> {
  if (source.type === 'arguments') {
    for (const text of source.calls) yield { text: ok(text), where: null };
    return;
  }
  const file = source.type === 'file' ? source.path : 'stdin';
  const stream = source.type === 'file' ? createReadStream(source.path) : process.stdin;
  let number = 0;
  let begun: { readonly line: number; readonly extent: CallExtent; text: string } | null = null;
  for await (const bytes of linesOf(chunksOf(stream, signal))) {
    number += 1;
    const read = decodeText(bytes);
    if (!read.ok) {
      yield { text: read, where: { file, line: number } };
      return;
    }
    if (begun === null && isBlank(read.value)) continue;
    if (begun === null) begun = { line: number, extent: new CallExtent(), text: read.value };
    else begun.text += `\n${read.value}`;
    begun.extent.add(read.value);
    // A text that is too long is passed on, so that the parser refuses it.
    if (begun.extent.isOpen && begun.text.length <= maxTextLength) continue;
    yield { text: ok(begun.text), where: { file, line: begun.line } };
    begun = null;
  }
  if (begun !== null && !signal.aborted) yield { text: ok(begun.text), where: { file, line: begun.line } };
}

async function* chunksOf(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of addAbortSignal(signal, stream)) yield chunk as Buffer;
  } catch (error) {
    if (signal.aborted) return;
    throw usageError(usageText.callsUnreadable(messageOf(error)));
  }
}

/**
 * Lines as bytes, since a chunk can end within a character. A line that is far too long for a call is cut
 * off.
 */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const longest = maxTextLength * 4;
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer) => {
    if (length <= longest) parts.push(part);
    length += part.length;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      add(chunk.subarray(start, end));
      yield Buffer.concat(parts);
      parts = [];
      length = 0;
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield Buffer.concat(parts);
}

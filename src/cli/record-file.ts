import { open, writeFile } from 'node:fs/promises';
import { messageOf } from '../base/error';
import { usageText } from '../words/cli-usage';
import { complain } from './outcome';
import { usageError } from './usage';

/** Finds out, before anything runs, whether the path of `--json` can be written to. Rejects with UsageError if not. */
export async function checkRecordPath(path: string): Promise<void> {
  try {
    await (await open(path, 'a')).close();
  } catch (error) {
    throw usageError(usageText.cannotWrite(path, messageOf(error)));
  }
}

/** Writes what `--json` asks for. False if it cannot be written, of which the user is told. */
export async function wroteRecord(path: string, value: unknown): Promise<boolean> {
  try {
    await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
    return true;
  } catch (error) {
    complain(usageText.cannotWrite(path, messageOf(error)));
    return false;
  }
}

/** A time as records have it, in ms with three digits after the point. */
export function roundedMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

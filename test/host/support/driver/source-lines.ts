import { findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Puts the sources' lines into a stack trace of bundled code. Node would do it by itself, but the extension host replaces the hook
 * (`Error.prepareStackTrace`) through which Node does.
 */
export function withSourceLines(stack: string): string {
  return stack.replaceAll(
    /([^\s()]+\.cjs):(\d+):(\d+)/g,
    (place, file: string, line: string, column: string) => {
      const entry = findSourceMap(file)?.findEntry(Number(line) - 1, Number(column) - 1);
      if (!entry || !('originalSource' in entry)) return place;
      return `${fileURLToPath(entry.originalSource)}:${String(entry.originalLine + 1)}:${String(entry.originalColumn + 1)}`;
    },
  );
}

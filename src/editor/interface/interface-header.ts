import { formatBytes } from '../../base/size';
import { customImports, isRunExport } from '../../component/wasi';
import { fullName, type Callable } from '../../component/wave/callee';
import { printFunction } from '../../component/wit-print';
import type { Verdict } from '../../reuse/verdict';

/** The exported functions with their signatures, as comments below the world, which names only their interfaces. */
export function interfaceFooter(exports: readonly Callable[]): string {
  const lines = exports
    .filter(({ interface: home }) => home !== undefined && !isRunExport(home))
    .map((callee) => `// ${fullName(callee)}: ${printFunction(callee.type)}\n`);
  return lines.length === 0 ? '' : `\n// What the exported interfaces hold:\n${lines.join('')}`;
}

/** What stands above a component's interface, as comments: what a reader of the WIT wants to know besides it. */
export function interfaceHeader(subject: {
  readonly name: string;
  readonly sizeBytes: number;
  readonly verdict: Verdict;
  readonly imports: readonly string[];
  /** Tools that made it, as they name themselves. */
  readonly producers: readonly string[];
}): string {
  const { name, sizeBytes, verdict, imports, producers } = subject;
  const missing = customImports(imports);
  return [
    `${name}, ${formatBytes(sizeBytes)}`,
    `Repeated run: ${verdict.headline} (basis: ${verdict.basis})`,
    ...(producers.length === 0 ? [] : [`Made by ${producers.join(', ')}`]),
    imports.length === 0
      ? 'It needs nothing of its host.'
      : missing.length === 0
        ? `All of its ${String(imports.length)} imports are WASI, which the host here provides.`
        : `The host here does not provide ${missing.join(', ')}.`,
  ]
    .map((line) => `// ${line.replace(/[\r\n]+/g, ' ')}\n`)
    .join('');
}

import { verdictHeadline } from '../../words/verdict';
import { formatBytes } from '../../base/size';
import type { ModuleForm } from '../../component/module-facts';
import { isRunExport } from '../../component/wasi';
import { fullName, type Callable } from '../../component/wave/export-lookup';
import { definitionsIn } from '../../component/type-definitions';
import { printFunction } from '../../component/wit-print';
import { interfaceText } from '../../words/interface';
import type { Verdict } from '../../reuse/verdict';

/** The exported functions with their signatures, as comments below the world, which names only their interfaces. */
export function interfaceFooter(exports: readonly Callable[]): string {
  const lines = exports
    .filter(({ interface: home }) => home !== undefined && !isRunExport(home))
    .map((callee) => `// ${fullName(callee)}: ${printFunction(callee.type)}\n`);
  if (lines.length === 0) return '';
  const definitions = definitionsIn(exports.map(({ type }) => type)).map(
    (text) => `//\n${text.replace(/^/gm, '// ')}\n`,
  );
  return `\n// ${interfaceText.exports()}\n${lines.join('')}${definitions.join('')}`;
}

/** What stands above the text of a WIT package, as a comment. */
export function witPackageHeader(name: string): string {
  return comment(interfaceText.witPackage(name));
}

function comment(line: string): string {
  return `// ${line.replace(/[\r\n]+/g, ' ')}\n`;
}

/** What stands above a component's interface, as comments: what a reader of the WIT wants to know besides it. */
export function interfaceHeader(subject: {
  readonly name: string;
  readonly sizeBytes: number;
  /** What it was made for, if it is a core module. */
  readonly adapted: ModuleForm | undefined;
  readonly verdict: Verdict;
  readonly imports: readonly string[];
  /** Those that nothing here provides. */
  readonly missing: readonly string[];
  /** Tools that made it, as they name themselves. */
  readonly producers: readonly string[];
}): string {
  const { name, sizeBytes, adapted, verdict, imports, missing, producers } = subject;
  return [
    `${name}, ${formatBytes(sizeBytes)}`,
    ...(adapted === undefined ? [] : [interfaceText.adapted(adapted)]),
    verdict.repeat === 'no-run'
      ? interfaceText.library()
      : interfaceText.verdict(verdictHeadline(verdict), verdict.basis),
    ...(producers.length === 0 ? [] : [interfaceText.producers(producers)]),
    imports.length === 0
      ? interfaceText.noImports()
      : missing.length === 0
        ? interfaceText.allProvided(imports.length)
        : interfaceText.notProvided(missing),
  ]
    .map(comment)
    .join('');
}

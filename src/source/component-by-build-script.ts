import { baseName, folderOf, resolvePath, samePath } from './paths';
import type { BuildFile, ComponentCandidate, Located } from './component-candidate';

/** A step of a build: what it reads, what it writes, and where that is written down. */
interface Step {
  readonly output: string;
  readonly readsSource: boolean;
  /** .wasm files that it reads. */
  readonly inputs: readonly string[];
  readonly file: string;
  readonly line: number;
}

/**
 * Components that a script makes from `source`: a command of package.json, a Makefile, a justfile or a shell
 * script that names the source and, after `-o`, the component, directly or by way of other .wasm files
 * (`clang a.c -o a.core.wasm`, then `wasm-tools component new a.core.wasm -o a.wasm`).
 */
export function findByBuildScripts(
  source: string,
  located: readonly Located[],
  buildFiles: readonly BuildFile[],
): readonly ComponentCandidate[] {
  const steps = buildFiles.flatMap((file) => readSteps(file, source));
  return located.flatMap(({ component, path }) => {
    const step = findOrigin(path, steps, new Set());
    return step === undefined
      ? []
      : [{ component, reason: { type: 'build-script', file: step.file, line: step.line } as const }];
  });
}

/** The step that reads the source of `output`, directly or through other files. */
function findOrigin(output: string, steps: readonly Step[], seen: Set<string>): Step | undefined {
  if (seen.has(output)) return undefined;
  seen.add(output);
  for (const step of steps.filter((candidate) => samePath(candidate.output, output))) {
    if (step.readsSource) return step;
    for (const input of step.inputs) {
      const origin = findOrigin(input, steps, seen);
      if (origin !== undefined) return origin;
    }
  }
  return undefined;
}

function readSteps({ path, text }: BuildFile, source: string): readonly Step[] {
  if (baseName(path) === 'Cargo.toml') return [];
  const root = folderOf(path);
  const makefile = /^(?:GNU)?[Mm]akefile$|\.mk$/.test(baseName(path));
  const steps: Step[] = [];
  let line = 0;
  // A backslash at the end of a line continues the command.
  for (const command of text.split(/(?<!\\)\r?\n/)) {
    let folder = root;
    for (const part of command.replace(/\\\r?\n/g, ' ').split(/&&|\|\||;/)) {
      const words = part
        .replace(/\\?["'`,]|^\s*[@-]+/g, ' ')
        .split(/\s+/)
        .filter((word) => word !== '');
      const change = words.indexOf('cd');
      if (change >= 0 && words[change + 1] !== undefined)
        folder = resolvePath(folder, words[change + 1] ?? '');
      const rule = makefile ? /^(?<output>[^\s:#=]+\.wasm)\s*:(?!=)\s*(?<inputs>.*)$/.exec(part) : null;
      const written = rule?.groups?.output ?? writtenFile(words);
      if (written === undefined) continue;
      const read = (rule?.groups?.inputs?.split(/\s+/) ?? words).filter(
        (word) => word !== written && word !== '',
      );
      steps.push({
        output: resolvePath(folder, written),
        readsSource: readsSource(read, folder, source, rule !== null),
        inputs: read.filter((word) => word.endsWith('.wasm')).map((word) => resolvePath(folder, word)),
        file: path,
        line,
      });
    }
    line += command.split('\n').length;
  }
  return steps;
}

/** The .wasm file after `-o`, `--out`, `--output` or after their `=`. */
function writtenFile(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => /^(?:-o|--out|--output)(?:=|$)/.test(word));
  const option = words[index];
  if (option === undefined) return undefined;
  const file = option.includes('=') ? option.slice(option.indexOf('=') + 1) : words[index + 1];
  return file?.endsWith('.wasm') === true ? file : undefined;
}

/** Whether a command's words name `source`: as a file, as componentize-py's module, or as a package of Go. */
function readsSource(words: readonly string[], folder: string, source: string, isRule: boolean): boolean {
  const names = (word: string) => samePath(resolvePath(folder, word), source);
  if (words.some(names)) return true;
  if (isRule) return false;
  if (words.some((word) => baseName(word).startsWith('componentize-py'))) {
    return words.some((word) => /^[\w.]+$/.test(word) && names(`${word.replace(/\./g, '/')}.py`));
  }
  const go = words.findIndex(
    (word, index) => /^(?:tiny)?go$/.test(baseName(word)) && words[index + 1] === 'build',
  );
  if (go < 0 || !source.endsWith('.go')) return false;
  const packages = words.filter((word) => /^\.{1,2}(?:\/|$)/.test(word) && !word.endsWith('.wasm'));
  return (packages.length > 0 ? packages : ['.']).some((word) =>
    samePath(resolvePath(folder, word), folderOf(source)),
  );
}

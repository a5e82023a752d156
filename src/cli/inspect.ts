import { chainFunctionText, entryText, inspectText, liftText, moduleText } from '../words/cli-inspect';
import { inspectHelp } from '../words/cli-command-help';
import { moduleKindText, obstacleText } from '../words/module-kind';
import { damageLines } from '../words/damage';
import { noInterfaceText } from '../words/cli-outcome';
import { usageText } from '../words/cli-usage';
import { readFile } from 'node:fs/promises';
import { readSizes } from '../component/anatomy/read-sizes';
import { readDamage } from '../component/damage';
import { printWitPackage } from '../component/wit-package';
import type { EngineError } from '../engine/errors';
import { readErrorText } from '../words/read-error';
import { err, ok, type Result } from '../base/result';
import { errorText } from '../words/error';
import type { LiftChain } from '../component/lift-chain';
import { makeEngine, makeRegistry } from './engine';
import { kindOf, problemOf } from './check-file';
import { inspectAnatomy } from './inspect-anatomy';
import { inspectFile, type Inspection } from './inspect-file';
import { complain } from './outcome';
import { sizeLines } from './size-lines';
import { status } from './status';
import { readArguments } from './read-arguments';
import { usageError, type Command } from './usage';
import { unsupportedHead } from '../words/unsupported';
import { printable } from '../base/sanitize';

/** `fresh-instance inspect`. */
export const inspect: Command = {
  name: 'inspect',
  ...inspectHelp,
  run: async (args) => {
    const wanted = parse(args);
    const { file, wit, sizes, json } = wanted;
    const inspected = await inspectFile(file);
    if (!inspected.ok) return await tellProblem(inspected.error, wanted);
    const world = wit ? await interfaceText(file) : null;
    if (world?.ok === false) {
      complain(noInterfaceText(file, world.error));
      return status.cannotStart;
    }
    const bytes = sizes || json ? await readFile(file) : new Uint8Array();
    if (json) {
      const output = { ...inspected.value, ...inspectAnatomy(bytes) };
      writeJson(world === null ? output : { ...output, wit: world.value });
    } else {
      const texts = [...(world === null ? [] : [world.value]), ...(sizes ? [sizeText(file, bytes)] : [])];
      process.stdout.write(printable(texts.length === 0 ? describe(inspected.value) : texts.join('\n')));
    }
    return 0;
  },
};

/** What is asked for. */
interface Wanted {
  readonly file: string;
  readonly wit: boolean;
  readonly sizes: boolean;
  readonly json: boolean;
}

function sizeText(file: string, bytes: Uint8Array): string {
  return [...sizeLines(file, readSizes(bytes)), ''].join('\n');
}

function writeJson(output: object): void {
  process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
}

/** Errors of files that can be read, although there is no component in them. */
const readable: readonly EngineError['code'][] = ['invalid', 'core-module', 'wit-package'];

/** Prints what `check` says of a file that is no component, to stdout like all that is found out. A WIT package is printed as WIT. */
async function tellProblem(error: EngineError, { file, wit, sizes, json }: Wanted): Promise<number> {
  const kind = kindOf(error);
  const bytes = readable.includes(error.code) ? await readFile(file) : null;
  const { row, advice } = readErrorText(error);
  const text = kind === 'wit' && wit && bytes !== null ? printWitPackage(bytes) : null;
  const damage =
    error.code === 'invalid' && bytes !== null && problemOf(error) === 'invalid'
      ? readDamage(bytes, error.problem)
      : null;
  const facts = error.code === 'core-module' ? error.facts : null;
  const obstacle = facts === null ? null : facts.obstacle;
  if (json) {
    writeJson({
      file,
      kind,
      problem: problemOf(error),
      reason: row,
      advice,
      ...(text === null ? {} : { wit: text }),
      ...(damage === null ? {} : { damage }),
      ...(facts === null ? {} : { module: facts }),
      ...(bytes === null ? {} : inspectAnatomy(bytes)),
    });
    return kind === 'wit' ? 0 : status.cannotStart;
  }
  const below = [
    ...(obstacle === null ? [] : [obstacleText(obstacle).clause]),
    ...(damage === null ? [] : damageLines(damage)),
    advice,
  ];
  process.stdout.write(
    printable(text ?? [`${file}: ${row}`, ...below.map((line) => `    ${line}`), ''].join('\n')),
  );
  if (sizes && bytes !== null) process.stdout.write(printable(sizeText(file, bytes)));
  return kind === 'wit' ? 0 : status.cannotStart;
}

function parse(args: readonly string[]): Wanted {
  const { values, positionals } = readArguments(args, {
    wit: { type: 'boolean' },
    sizes: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const [file, ...more] = positionals;
  if (file === undefined || file === '' || more.length > 0) throw usageError(usageText.inspectTakesOne());
  const { wit = false, sizes = false, json = false } = values;
  return { file, wit, sizes, json };
}

async function interfaceText(file: string): Promise<Result<string, string>> {
  const engine = makeEngine(makeRegistry());
  try {
    const text = await engine.interfaceText(file);
    return ok(text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    return err(errorText(error));
  } finally {
    await engine.shutdown();
  }
}

function describe(inspection: Inspection): string {
  const { file, sha256, sizeBytes, entry, otherRuns, producers, debugInfo, chain } = inspection;
  const facts = [
    [inspectText.size(), inspectText.bytes(sizeBytes)],
    ['sha256', sha256],
    [inspectText.entry(), entryText(entry, inspection.async)],
    ...otherRuns.map((run) => ['', inspectText.otherRun(run)]),
    [inspectText.debugInfo(), debugInfo ? inspectText.yes() : inspectText.no()],
    ...producers.map(({ field, name, version }, index) => [
      index === 0 ? inspectText.madeBy() : '',
      `${name}${version === '' ? '' : ` ${version}`} (${field})`,
    ]),
  ].map(([name = '', value = '']) => `  ${name.padEnd(12)}${value}`);
  return [
    inspection.module === undefined
      ? inspectText.head(file)
      : inspectText.moduleHead(file, moduleKindText(inspection.module)),
    ...facts,
    ...(inspection.unsupported.length === 0
      ? []
      : list(
          inspectText.cannotRun(unsupportedHead()),
          inspection.unsupported.map(({ text }) => text),
        )),
    ...list(inspectText.imports(), inspection.imports.map(importLine)),
    ...list(inspectText.exports(), inspection.exports.flatMap(exportLines)),
    ...(chain === null ? [] : list(inspectText.code(), chainLines(chain))),
    ...list(inspectText.modules(), inspection.modules.map(moduleText)),
    '',
  ].join('\n');
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? [inspectText.none(title)]
    : [title.endsWith('.') ? title : `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function importLine({ name, from }: Inspection['imports'][number]): string {
  if (from === 'missing') return inspectText.missingImport(name);
  return from === 'types' ? inspectText.typesOnly(name) : name;
}

function exportLines({ name, kind, functions }: Inspection['exports'][number]): readonly string[] {
  const signatures = Object.entries(functions);
  if (kind === 'func') return [`${name}: ${functions[name] ?? 'func'}`];
  return [
    kind === 'instance' ? name : `${name} (${kind})`,
    ...signatures.map(([func, type]) => `  ${func}: ${type}`),
  ];
}

function chainLines(chain: LiftChain): readonly string[] {
  return [
    `${chain.interface}#${chain.func}`,
    `-> ${liftText(chain)}`,
    ...chain.functions.map((each) => `-> ${chainFunctionText(each)}`),
  ];
}

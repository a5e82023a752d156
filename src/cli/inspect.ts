import { noInterfaceText } from '../words/cli-outcome';
import { usageText } from '../words/cli-usage';
import { err, ok, type Result } from '../base/result';
import { errorText } from '../words/error';
import type { ChainFunction, LiftChain } from '../component/lift-chain';
import { makeEngine, makeRegistry } from './engine';
import { inspectFile, type Inspection, type ModuleSize } from './inspect-file';
import { complainOfFile, complain } from './outcome';
import { status } from './status';
import { readArguments } from './read-arguments';
import { usageError, type Command } from './usage';
import { unsupportedHead } from '../words/unsupported';
import { printable } from '../base/sanitize';

/** `fresh-instance inspect`. */
export const inspect: Command = {
  name: 'inspect',
  summary: 'says what a component is: imports, exports, tools, and the code behind its run',
  usage: 'fresh-instance inspect FILE [--wit] [--json]',
  help: `  --wit                    print the component's world as WIT
  --json                   print everything as JSON, with --wit the world too

Nothing of the component is executed. The exit status is 2 for a file that is not a component.`,
  run: async (args) => {
    const { file, wit, json } = parse(args);
    const inspected = await inspectFile(file);
    if (!inspected.ok) {
      complainOfFile(inspected.error);
      return status.cannotStart;
    }
    const world = wit ? await interfaceText(file) : null;
    if (world?.ok === false) {
      complain(noInterfaceText(file, world.error));
      return status.cannotStart;
    }
    if (json) {
      const output = world === null ? inspected.value : { ...inspected.value, wit: world.value };
      process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
    } else process.stdout.write(printable(world?.value ?? describe(inspected.value)));
    return 0;
  },
};

function parse(args: readonly string[]): { file: string; wit: boolean; json: boolean } {
  const { values, positionals } = readArguments(args, {
    wit: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const [file, ...more] = positionals;
  if (file === undefined || file === '' || more.length > 0) throw usageError(usageText.inspectTakesOne());
  return { file, wit: values.wit ?? false, json: values.json ?? false };
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
    ['size', `${sizeBytes.toLocaleString('en-US')} bytes`],
    ['sha256', sha256],
    [
      'entry',
      entry === null ? 'none: it has nothing to run' : `${entry}${inspection.async ? ' (async)' : ''}`,
    ],
    ...otherRuns.map((run) => ['', `${run} is there too and is not called`]),
    ['debug info', debugInfo ? 'yes' : 'no'],
    ...producers.map(({ field, name, version }, index) => [
      index === 0 ? 'made by' : '',
      `${name}${version === '' ? '' : ` ${version}`} (${field})`,
    ]),
  ].map(([name = '', value = '']) => `  ${name.padEnd(12)}${value}`);
  return [
    `${file}: a component`,
    ...facts,
    ...(inspection.unsupported.length === 0
      ? []
      : list(
          `cannot run here: ${unsupportedHead()}`,
          inspection.unsupported.map(({ text }) => text),
        )),
    ...list('imports', inspection.imports.map(importLine)),
    ...list('exports', inspection.exports.flatMap(exportLines)),
    ...(chain === null ? [] : list('code behind run', chainLines(chain))),
    ...list('core modules', inspection.modules.map(moduleLine)),
    '',
  ].join('\n');
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? [`${title}: none`]
    : [title.endsWith('.') ? title : `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function importLine({ name, from }: Inspection['imports'][number]): string {
  if (from === 'missing') return `${name}  (not provided: it cannot start without)`;
  return from === 'types' ? `${name}  (types only)` : name;
}

function exportLines({ name, kind, functions }: Inspection['exports'][number]): readonly string[] {
  const signatures = Object.entries(functions);
  if (kind === 'func') return [`${name}: ${functions[name] ?? 'func'}`];
  return [
    kind === 'instance' ? name : `${name} (${kind})`,
    ...signatures.map(([func, type]) => `  ${func}: ${type}`),
  ];
}

const liftWords: Readonly<Record<LiftChain['lift'], string>> = {
  sync: 'canon lift',
  'async-callback': 'canon lift async with a callback',
  'async-stackful': 'canon lift async',
};

function chainLines(chain: LiftChain): readonly string[] {
  return [
    `${chain.interface}#${chain.func}`,
    `-> ${liftWords[chain.lift]}${chain.coreExport === null ? '' : ` of the core export "${chain.coreExport}"`}`,
    ...chain.functions.map((each) => `-> ${chainFunction(each)}`),
  ];
}

function chainFunction({
  module,
  moduleName,
  funcIndex,
  func,
  offset,
  sizeBytes,
  adapter,
}: ChainFunction): string {
  const name = func === null ? '' : ` ${func}`;
  const home = `core module ${String(module)}${moduleName === null ? '' : ` (${moduleName})`}`;
  return `${adapter ? 'adapter ' : ''}function ${String(funcIndex)}${name} of ${home} at 0x${offset.toString(16)}, ${String(sizeBytes)} bytes`;
}

function moduleLine(module: ModuleSize): string {
  const { number, name, sizeBytes, functions, codeBytes, dataBytes, customBytes } = module;
  const bytes = (count: number) => count.toLocaleString('en-US');
  return `${String(number)}${name === null ? '' : ` ${name}`}: ${bytes(sizeBytes)} bytes, ${bytes(functions)} functions (code ${bytes(codeBytes)}, data ${bytes(dataBytes)}, custom ${bytes(customBytes)})`;
}

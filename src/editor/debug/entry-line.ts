import { ByteReader } from '../../component/bytes';
import { CoreModule } from '../../component/core-module';
import { DecodeError } from '../../component/decode-error';
import { lineTable, type SourceLine } from '../../component/dwarf-lines';
import { takePreamble, takeSection } from '../../component/sections';

/**
 * What toolchains name the function in which the user's code begins, the one to prefer first: C with and without parameters, Rust (in both
 * ways of writing names), TinyGo.
 */
const mainNames = [
  /^(?:main|__main_argc_argv|__original_main)$/,
  /^_ZN\d+\w+4main17h[0-9a-f]{16}E$|^_R[\w]+4main$/,
  /^main\.main$/,
];

/**
 * The line at which the guest's own code begins, from debug information; null where that is not known.
 * @param runExport the exported interface that is called, for components that have no main but export its `run` themselves
 */
export function entryLine(component: Uint8Array, runExport: string): SourceLine | null {
  try {
    const modules = coreModules(new ByteReader(component)).filter(
      (module) => module.customSection('.debug_line') !== null,
    );
    const mains = mainNames.flatMap((name) =>
      modules.map((module) => lineOfFunction(module, (index) => name.test(module.funcName(index) ?? ''))),
    );
    const runs = modules.map((module) => {
      const run = module.exports.get(`${runExport}#run`)?.index;
      return lineOfFunction(module, (index) => index === run);
    });
    return [...mains, ...runs].find((line) => line !== null) ?? null;
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

function coreModules(reader: ByteReader): readonly CoreModule[] {
  const modules: CoreModule[] = [];
  const whole = new ByteReader(reader.bytes, reader.offset, reader.end);
  if (takePreamble(reader) === 'module') return [new CoreModule(whole, 0)];
  while (!reader.atEnd) {
    const { id, content } = takeSection(reader);
    if (id === 1) modules.push(new CoreModule(content, modules.length));
    if (id === 4) modules.push(...coreModules(content));
  }
  return modules;
}

function lineOfFunction(module: CoreModule, isMeant: (index: number) => boolean): SourceLine | null {
  const { func } = module.imported;
  for (let index = func; index < func + module.bodyCount; index++) {
    const body = isMeant(index) ? module.body(index) : null;
    const line = body === null ? null : firstLine(module, body.start - module.start);
    if (line !== null) return line;
  }
  return null;
}

/** How far into a function its first line may begin: behind the declaration of its locals. */
const localsBytes = 16;

function firstLine(module: CoreModule, start: number): SourceLine | null {
  const table = lineTable(module);
  for (let offset = start; offset < start + localsBytes; offset++) {
    const line = table(offset);
    if (line !== null) return line;
  }
  return null;
}

import { ByteReader } from '../../component/bytes';
import { CoreModule } from '../../component/core-module';
import { DecodeError } from '../../component/decode-error';
import { lineTable, type SourceLine } from '../../component/dwarf-lines';
import { takePreamble, takeSection } from '../../component/sections';

/**
 * What toolchains name the function in which the user's code begins, the one to prefer first: C with and without parameters, Rust (in both
 * ways of writing names), TinyGo, and a `run` that is exported by the user's own code.
 */
const entryNames = [
  /^(?:main|__main_argc_argv|__original_main)$/,
  /^_ZN\d+\w+4main17h[0-9a-f]{16}E$|^_R[\w]+4main$/,
  /^main\.main$/,
  /^run$|^wasi:cli\/run@.*#run$/,
];

/** A function's first bytes declare its locals and belong to its first line. */
const intoBody = 2;

/** The line at which the guest's own code begins, from debug information; null where that is not known. */
export function entryLine(component: Uint8Array): SourceLine | null {
  try {
    const modules = coreModules(new ByteReader(component)).filter(
      (module) => module.customSection('.debug_line') !== null,
    );
    for (const name of entryNames) {
      for (const module of modules) {
        const line = lineOfFunction(module, name);
        if (line !== null) return line;
      }
    }
    return null;
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

function coreModules(reader: ByteReader): readonly CoreModule[] {
  const modules: CoreModule[] = [];
  takePreamble(reader);
  while (!reader.atEnd) {
    const { id, content } = takeSection(reader);
    if (id === 1) modules.push(new CoreModule(content, modules.length));
    if (id === 4) modules.push(...coreModules(content));
  }
  return modules;
}

function lineOfFunction(module: CoreModule, name: RegExp): SourceLine | null {
  const { func } = module.imported;
  for (let index = func; index < func + module.bodyCount; index++) {
    const body = name.test(module.funcName(index) ?? '') ? module.body(index) : null;
    const line = body === null ? null : lineTable(module)(body.start - module.start + intoBody);
    if (line !== null) return line;
  }
  return null;
}

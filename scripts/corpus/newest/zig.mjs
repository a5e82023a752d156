// @ts-check
import { dirname, join } from 'node:path';
import { installPython } from '../../setup/python.mjs';
import { componentFrom, output, source } from './sources.mjs';

/** The Zig of PyPI, with its C compiler and linker. @returns {string} the program */
export function zigProgram() {
  const python = installPython('corpus-zig', ['ziglang==0.17.0']);
  return join(dirname(output(python, ['-c', 'import ziglang; print(ziglang.__file__)'])), 'zig');
}

/** https://pypi.org/project/ziglang/: C with its own wasi-libc, and Zig. @returns {import('../newest.mjs').Toolchain} */
export function zig() {
  const program = zigProgram();
  const clang = /clang version ([\d.]+)/.exec(output(program, ['cc', '--version']))?.[1] ?? '';
  return {
    version: `Zig ${output(program, ['version'])} (its C compiler: clang ${clang})`,
    components: [
      ...['hello', 'constructors', 'silent', 'fails', 'aborts'].flatMap((name) =>
        ['-O0', '-O2', '-Oz'].map(
          (level) =>
            /** @type {[string, () => Promise<Uint8Array>]} */ ([
              `zigcc-${name}${level}`,
              () => compile(program, ['cc', '-target', 'wasm32-wasi', level, source(`c/${name}.c`), '-o']),
            ]),
        ),
      ),
      ['zig-hello-debug', () => compile(program, zigArguments('Debug'))],
      ['zig-hello-small', () => compile(program, zigArguments('ReleaseSmall'))],
    ],
  };
}

/** @param {string} mode */
function zigArguments(mode) {
  return ['build-exe', source('other/hello.zig'), '-target', 'wasm32-wasi', '-O', mode, '-femit-bin='];
}

/** @param {string} program @param {readonly string[]} args whose last one the output's path follows, or is a part of */
function compile(program, args) {
  return componentFrom((out, folder) => {
    const last = args.at(-1) ?? '';
    const complete = last.endsWith('=') ? [...args.slice(0, -1), `${last}${out}`] : [...args, out];
    output(program, complete, { cwd: folder });
  }, 'command');
}

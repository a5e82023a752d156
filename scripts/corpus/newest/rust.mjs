// @ts-check
import {
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from '../../setup/paths.mjs';
import { toolsFolder } from '../build.mjs';
import { componentFrom, output, source } from './sources.mjs';
import { zigProgram } from './zig.mjs';

const target = 'wasm32-wasip1';

/** @typedef {{rustc: string, env: NodeJS.ProcessEnv, linker: readonly string[], origin: string}} Rust */

/** Rust for WASI 0.1: the installed one where it has the target, else Debian's newest, with a standard library of its own. @returns {import('../newest.mjs').Toolchain} */
export function rust() {
  const found = installed() ?? debian();
  const version = output(found.rustc, ['--version'], { env: found.env });
  return {
    version: `${version.replace(/ \(.*$/, '')} (${found.origin})`,
    components: [
      ...['hello', 'collections', 'panics'].flatMap((name) => [
        entry(found, `rust-${name}-debug`, name, 'command', ['-g']),
        entry(found, `rust-${name}-O`, name, 'command', ['-O']),
        entry(found, `rust-${name}-Oz-stripped`, name, 'command', [
          '-C',
          'opt-level=z',
          '-C',
          'strip=symbols',
        ]),
      ]),
      ...['counter', 'once', 'leaks', 'third', 'fails', 'holds'].flatMap((name) =>
        ['0', '2', 'z'].map((level) =>
          entry(found, `rust-lib-${name}-O${level}`, 'library', 'reactor', [
            ...['--crate-type', 'cdylib', '--cfg', name, '-A', 'unexpected_cfgs', '-C', `opt-level=${level}`],
          ]),
        ),
      ),
    ],
  };
}

/**
 * @param {Rust} found
 * @param {string} component
 * @param {string} name
 * @param {'command' | 'reactor'} adapter
 * @param {readonly string[]} options
 * @returns {[string, () => Promise<Uint8Array>]}
 */
function entry({ rustc, env, linker }, component, name, adapter, options) {
  const all = ['--target', target, '--edition', '2024', ...linker, ...options];
  const compile = (/** @type {string} */ out) => {
    output(rustc, [...all, source(`other/${name}.rs`), '-o', out], { env });
  };
  return [component, () => componentFrom(compile, adapter)];
}

/** @returns {Rust | null} */
function installed() {
  try {
    const libraries = output('rustc', ['--print', 'target-libdir', '--target', target]);
    const origin = 'rustup';
    return existsSync(libraries) ? { rustc: 'rustc', env: process.env, linker: [], origin } : null;
  } catch {
    return null;
  }
}

const debianPackages = ['rustc-web', 'rust-web-src', 'libstd-rust-web-dev'];

/**
 * Debian's newest rustc, unpacked into .cache, and its sources of the standard library, which Cargo builds once for WASI. The C library is
 * that of YoWASP's clang, the linker Zig's. Throws where one of them cannot be had.
 * @returns {Rust}
 */
function debian() {
  const folder = join(toolsFolder, 'rust-web');
  const usr = join(folder, 'usr');
  const [rustc] = unpacked(folder);
  const env = { ...process.env, LD_LIBRARY_PATH: join(usr, 'lib/x86_64-linux-gnu') };
  const libraries = join(usr, 'lib/rustlib', target, 'lib');
  const linker = linkerScript(folder);
  if (!existsSync(join(libraries, 'built'))) buildStandardLibrary({ rustc, env, libraries, folder });
  return {
    rustc,
    env,
    linker: ['-C', `linker=${linker}`],
    origin: "Debian's rustc-web, standard library built from its sources",
  };
}

/** @param {string} folder @returns {[string]} the path of rustc */
function unpacked(folder) {
  const rustc = join(folder, 'usr/bin/rustc');
  if (existsSync(rustc)) return [rustc];
  const version = /Candidate: (\S+)/.exec(output('apt-cache', ['policy', 'rustc-web']))?.[1];
  if (version === undefined)
    throw new Error('Debian has no package rustc-web here, and rustc has no target wasm32-wasip1');
  const depends = [`rustc-web=${version}`, `libstd-rust-web-dev=${version}`].map((each) =>
    output('apt-cache', ['show', each]),
  );
  const libstd = /libstd-rust-web-\d[\d.]*/.exec(depends.join('\n'))?.[0] ?? '';
  const llvm = /libllvm\d+/.exec(output('apt-cache', ['show', `${libstd}=${version}`]))?.[0] ?? '';
  const packages = join(folder, 'packages');
  mkdirSync(packages, { recursive: true });
  const names = [...debianPackages, libstd].map((name) => `${name}=${version}`);
  output('apt-get', ['download', ...names, llvm], { cwd: packages });
  for (const name of readdirSync(packages)) output('dpkg', ['-x', join(packages, name), folder]);
  return [rustc];
}

/** @param {string} folder @returns {string} the path of a linker that rustc can call */
function linkerScript(folder) {
  const path = join(folder, 'wasm-ld');
  writeFileSync(path, `#!/bin/sh\n[ "$1" = -flavor ] && shift 2\nexec '${zigProgram()}' wasm-ld "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

/**
 * @param {{rustc: string, env: NodeJS.ProcessEnv, libraries: string, folder: string}} found
 */
function buildStandardLibrary({ rustc, env, libraries, folder }) {
  const contained = join(libraries, 'self-contained');
  mkdirSync(contained, { recursive: true });
  const resources = join(root, 'node_modules/@yowasp/clang/gen/llvm-resources.tar');
  output('tar', ['xf', resources, '-C', contained, '--strip-components=2', `lib/${target}`]);
  const project = join(folder, 'project');
  mkdirSync(project, { recursive: true });
  writeFileSync(
    join(project, 'Cargo.toml'),
    '[package]\nname = "empty"\nedition = "2024"\n[lib]\npath = "lib.rs"\n',
  );
  writeFileSync(join(project, 'lib.rs'), '');
  const args = ['build', '--release', '-j1', '-Zbuild-std=std,panic_abort', '--target', target];
  output('cargo', args, { cwd: project, env: { ...env, RUSTC: rustc, RUSTC_BOOTSTRAP: '1' } });
  const built = globSync(join(project, 'target', target, 'release/deps/*.rlib'));
  for (const path of built.filter((each) => !basename(each).startsWith('libempty-'))) {
    copyFileSync(path, join(libraries, basename(path)));
  }
  writeFileSync(join(libraries, 'built'), dirname(project));
}

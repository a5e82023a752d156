// @ts-check
import { componentFrom, output, source } from './sources.mjs';

/** The installed Go, for WASI 0.1. TinyGo and componentize-go are in no package registry. @returns {import('../newest.mjs').Toolchain} */
export function go() {
  const version = output('go', ['env', 'GOVERSION']);
  return {
    version: `Go ${version.replace(/^go/, '')} (GOOS=wasip1)`,
    components: [
      ['go-hello', () => build('hello', 'command', [])],
      ['go-hello-stripped', () => build('hello', 'command', ['-ldflags=-s -w'])],
      ['go-panics', () => build('panics', 'command', [])],
      ['go-lib-counter', () => build('counter', 'reactor', ['-buildmode=c-shared'])],
      ['go-lib-flags', () => build('flags', 'reactor', ['-buildmode=c-shared'])],
    ],
  };
}

/** @param {string} name @param {'command' | 'reactor'} adapter @param {readonly string[]} flags */
function build(name, adapter, flags) {
  return componentFrom((out) => {
    const env = { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOFLAGS: '-p=1' };
    output('go', ['build', ...flags, '-o', out, source(`other/${name}.go`)], { env });
  }, adapter);
}

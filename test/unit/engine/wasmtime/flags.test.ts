import assert from 'node:assert/strict';
import type { EngineFeature } from '../../../../src/component/needed-features';
import { optionsFor, type ComponentNeeds } from '../../../../src/engine/wasmtime/flags';
import type { WasmtimeProgram } from '../../../../src/engine/wasmtime/program';
import type { Profile } from '../../../../src/instance/profile';

const nothing: Profile = { args: [], env: {}, dirs: [], network: false, stdin: { type: 'empty' } };
const library: ComponentNeeds = { interfaces: [], imports: [], features: new Set() };

const program: WasmtimeProgram = {
  path: '/w',
  version: '49.0.3',
  options: {
    W: new Set([
      'timeout',
      'max-memory-size',
      'trap-on-grow-failure',
      'max-wasm-stack',
      'async-stack-size',
      'exceptions',
      'component-model-async',
      'component-model-more-async-builtins',
    ]),
    S: new Set(['p3', 'http', 'inherit-network', 'allow-ip-name-lookup', 'cli-exit-with-code']),
  },
  env: {},
};

function needing(imports: readonly string[], features: readonly EngineFeature[] = []): ComponentNeeds {
  return { imports, interfaces: imports, features: new Set(features) };
}

function options(profile: Partial<Profile>, needs = library, of = program) {
  const made = optionsFor(of, { ...nothing, ...profile }, needs);
  return made.ok ? made.value.join(' ') : made.error;
}

describe('the options of wasmtime', () => {
  it('grant nothing where nothing is granted', () => {
    assert.equal(options({}), '');
    assert.equal(options({}, needing(['wasi:sockets/tcp@0.2.6', 'wasi:cli/environment@0.2.6'])), '');
  });

  it('grant directories and variables, each as one word', () => {
    const dirs = [{ host: '/a b', guest: '/data', readOnly: false }];
    assert.equal(options({ dirs, env: { A: '-x', B: '' } }), '--dir=/a b::/data --env=A=-x --env=B=');
  });

  it('grant the network and names in it', () => {
    assert.equal(options({ network: true }), '-S inherit-network=y -S allow-ip-name-lookup=y');
  });

  it('provide wasi:http, which sends requests, only with the network', () => {
    const sends = needing(['wasi:http/outgoing-handler@0.2.6', 'wasi:http/types@0.2.6']);
    assert.deepEqual(options({}, sends), {
      engine: 'wasmtime',
      version: '49.0.3',
      what: 'http-without-network',
    });
    assert.deepEqual(options({}, needing(['wasi:http/client@0.3.0'])), {
      engine: 'wasmtime',
      version: '49.0.3',
      what: 'http-without-network',
    });
    assert.equal(
      options({ network: true }, sends),
      '-S inherit-network=y -S allow-ip-name-lookup=y -S http=y',
    );
    assert.equal(options({}, needing(['wasi:http/types@0.2.6'])), '-S http=y');
  });

  it('limit time, memory and the stack', () => {
    assert.equal(
      options({ timeoutMs: 200, maxMemoryBytes: 65_536, stackKiB: 64 }),
      '-W timeout=200ms -W max-memory-size=65536 -W trap-on-grow-failure=y -W max-wasm-stack=65536 -W async-stack-size=1114112',
    );
  });

  it('have what a component of WASI 0.3 needs', () => {
    assert.equal(
      options({}, needing(['wasi:cli/run@0.3.0'], ['component-model-more-async-builtins'])),
      '-W component-model-more-async-builtins=y -W component-model-async=y -S p3=y',
    );
  });

  it('let a guest exit with a status of its own', () => {
    assert.equal(options({}, needing(['wasi:cli/exit@0.2.6'])), '-S cli-exit-with-code=y');
  });

  it('are refused where the version does not have one', () => {
    const old = { ...program, version: '36.0.9', options: { W: program.options.W, S: new Set<string>() } };
    assert.deepEqual(options({}, needing(['wasi:cli/run@0.3.0']), old), {
      engine: 'wasmtime',
      version: '36.0.9',
      what: 'option',
      option: '-S p3',
    });
    assert.deepEqual(options({}, needing([], ['memory64'])), {
      engine: 'wasmtime',
      version: '49.0.3',
      what: 'option',
      option: '-W memory64',
    });
  });

  it('are left out where the version does not have them and does not need them', () => {
    const old = { ...program, options: { W: new Set(['component-model-async']), S: new Set(['p3']) } };
    assert.equal(
      options({}, needing(['wasi:cli/exit@0.3.0'], ['component-model-more-async-builtins']), old),
      '-W component-model-async=y -S p3=y',
    );
  });

  it('are refused for what would grant more than is granted', () => {
    const readOnly = [{ host: '/a', guest: '/data', readOnly: true }];
    assert.deepEqual(options({ dirs: readOnly }), {
      engine: 'wasmtime',
      version: '49.0.3',
      what: 'read-only-directory',
      guest: '/data',
    });
    // wasmtime would grant the directory /a.
    assert.deepEqual(options({ dirs: [{ host: '/a::b', guest: '/data', readOnly: false }] }), {
      engine: 'wasmtime',
      version: '49.0.3',
      what: 'directory-name',
      host: '/a::b',
    });
    assert.deepEqual(options({ modules: [{ interface: 'a:b/c', path: '/m.mjs' }] }), {
      engine: 'wasmtime',
      version: '49.0.3',
      what: 'import-modules',
      interface: 'a:b/c',
    });
  });
});

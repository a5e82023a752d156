import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  environmentOf,
  findWasmtime,
  placesOfWasmtime,
  type WasmtimePlaces,
} from '../../../../src/engine/wasmtime/discover';
import { temporaryFolder } from '../../../support/temporary-folder';

const linux: WasmtimePlaces = {
  env: { PATH: '/usr/bin:.:bin::/usr/bin:/opt/w' },
  home: '/home/a',
  platform: 'linux',
  foreign: [],
};
const windows: WasmtimePlaces = {
  env: { PATH: '"C:\\Program Files\\wasmtime\\bin";\\tools;.;D:\\w', PATHEXT: '.COM;.EXE;.BAT;.CMD' },
  home: 'C:\\Users\\a b',
  platform: 'win32',
  foreign: [],
};

describe('the places of wasmtime', () => {
  it('are the absolute folders of PATH, each once, then those of its installer and of Cargo', () => {
    assert.deepEqual(placesOfWasmtime(linux), [
      '/usr/bin/wasmtime',
      '/opt/w/wasmtime',
      '/home/a/.wasmtime/bin/wasmtime',
      '/home/a/.cargo/bin/wasmtime',
    ]);
  });

  it('are the same on macOS', () => {
    const places = placesOfWasmtime({
      ...linux,
      platform: 'darwin',
      home: '/Users/a b',
      env: { PATH: '/opt/homebrew/bin' },
    });
    assert.deepEqual(places, [
      '/opt/homebrew/bin/wasmtime',
      '/Users/a b/.wasmtime/bin/wasmtime',
      '/Users/a b/.cargo/bin/wasmtime',
    ]);
  });

  it('on Windows have the endings of programs, none of batch files, and folders without their quotes', () => {
    assert.deepEqual(placesOfWasmtime(windows), [
      'C:\\Program Files\\wasmtime\\bin\\wasmtime.exe',
      'C:\\Program Files\\wasmtime\\bin\\wasmtime.com',
      'D:\\w\\wasmtime.exe',
      'D:\\w\\wasmtime.com',
      'C:\\Users\\a b\\.wasmtime\\bin\\wasmtime.exe',
      'C:\\Users\\a b\\.wasmtime\\bin\\wasmtime.com',
      'C:\\Users\\a b\\.cargo\\bin\\wasmtime.exe',
      'C:\\Users\\a b\\.cargo\\bin\\wasmtime.com',
    ]);
  });

  it('on Windows are those of .exe without PATHEXT', () => {
    const places = placesOfWasmtime({ ...windows, env: { PATH: 'C:\\w' } });
    assert.equal(places[0], 'C:\\w\\wasmtime.exe');
    assert.ok(places.every((place) => place.endsWith('.exe')));
  });

  it('are never in a foreign folder', () => {
    const path = '/work/a/bin:/work/a/..bin:/work/a/..:/work/ab';
    const inWorkspace = { ...linux, env: { PATH: path }, foreign: ['/work/a', '/home/a'] };
    assert.deepEqual(placesOfWasmtime(inWorkspace), ['/work/wasmtime', '/work/ab/wasmtime']);
    assert.deepEqual(
      placesOfWasmtime({
        ...windows,
        env: { PATH: 'c:\\W\\bin;C:\\w\\..bin' },
        foreign: ['C:\\w', 'C:\\Users'],
      }),
      [],
    );
  });
});

describe('finding wasmtime', function () {
  const folder = temporaryFolder();
  const program = (...path: readonly string[]) => {
    const file = join(folder, ...path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    return file;
  };
  const places = (more: Partial<WasmtimePlaces>): WasmtimePlaces => ({
    env: {},
    home: join(folder, 'nobody'),
    platform: process.platform,
    foreign: [],
    ...more,
  });

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('takes the first program on PATH, and no file that is not executable', async () => {
    writeFileSync(join(folder, 'wasmtime'), '');
    const second = program('second', 'wasmtime');
    const found = await findWasmtime(places({ env: { PATH: `${folder}:${join(folder, 'second')}` } }));
    assert.equal(found, second);
  });

  it('looks into the home folder where PATH has none', async () => {
    const installed = program('home', '.wasmtime', 'bin', 'wasmtime');
    assert.equal(await findWasmtime(places({ home: join(folder, 'home') })), installed);
  });

  it('takes the program that was named and no other', async () => {
    const named = program('named', 'my-wasmtime');
    const path = { PATH: join(folder, 'second') };
    assert.equal(await findWasmtime(places({ env: path, program: named })), named);
    assert.equal(await findWasmtime(places({ env: path, program: join(folder, 'gone') })), undefined);
    assert.equal(await findWasmtime(places({ env: path, program: 'wasmtime' })), undefined);
  });

  it('does not follow a link into a foreign folder', async () => {
    const theirs = program('workspace', 'tools', 'wasmtime');
    mkdirSync(join(folder, 'links'));
    symlinkSync(theirs, join(folder, 'links', 'wasmtime'));
    const foreign = [join(folder, 'workspace')];
    assert.equal(await findWasmtime(places({ env: { PATH: join(folder, 'links') }, foreign })), undefined);
  });
});

describe('the environment of wasmtime', () => {
  it('holds what it needs to find its cache and nothing else of the user', () => {
    const env = { HOME: '/home/a', SECRET: 'x', WASMTIME_LOG: 'trace', RUST_BACKTRACE: '1', PATH: '/bin' };
    assert.deepEqual(environmentOf({ ...linux, env }), { HOME: '/home/a' });
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PermissionFlags } from '../../../src/engine/permission-flags';
import { bareProfile, type DirectoryGrant } from '../../../src/instance/profile';
import { temporaryFolder } from '../../support/temporary-folder';

const node = { execPath: process.execPath, env: {} };

describe('the permission flags', () => {
  let folder: string;
  before(() => {
    folder = temporaryFolder();
    mkdirSync(join(folder, 'home', 'cache'), { recursive: true });
    symlinkSync(join(folder, 'home'), join(folder, 'link'));
  });

  /** What the flags allow a guest with these grants to read and write, without the `*` for what is inside. */
  function allowed(...dirs: readonly DirectoryGrant[]): readonly string[] {
    const flags = new PermissionFlags([join(folder, 'home', 'cache')], node);
    return flags
      .argsFor({ ...bareProfile, dirs })
      .filter((arg) => arg.startsWith('--allow-fs') && !arg.endsWith('*'))
      .map((arg) => arg.replace('--allow-fs-', '').replace(folder, ''));
  }

  const grant = (name: string, readOnly: boolean): DirectoryGrant => ({
    host: join(folder, name),
    guest: '/data',
    readOnly,
  });

  if (process.allowedNodeEnvironmentFlags.has('--permission')) {
    it('lets a runner read its own files, and nothing of the network, processes or add-ons', () => {
      assert.deepEqual(allowed(), ['read=/home/cache']);
      const args = new PermissionFlags([folder], node).argsFor(bareProfile);
      assert.deepEqual(
        args.filter((arg) => !arg.startsWith('--allow-fs')),
        ['--permission', '--no-warnings', '--allow-worker'],
      );
    });

    it('lets it use the network where that was granted, on a Node that would keep it from that', () => {
      const guards = process.allowedNodeEnvironmentFlags.has('--allow-net');
      const args = new PermissionFlags([folder], node).argsFor({ ...bareProfile, network: true });
      assert.equal(args.includes('--allow-net'), guards);
    });

    it('lets it write only where the grant is for writing', () => {
      assert.deepEqual(allowed(grant('data', true)), ['read=/data', 'read=/home/cache']);
      assert.deepEqual(allowed(grant('data', false)), ['read=/data', 'read=/home/cache', 'write=/data']);
    });

    it('names an outer folder alone, since Node forgets one that is named after a folder in it', () => {
      assert.deepEqual(allowed(grant('home', true)), ['read=/home']);
      assert.deepEqual(allowed(grant('home/cache/deep', true), grant('homes', true)), [
        'read=/homes',
        'read=/home/cache',
      ]);
    });

    it('opens a link and what it leads to', () => {
      assert.deepEqual(allowed(grant('link', true)), ['read=/link', 'read=/home']);
    });
  } else {
    it('is not there where Node has no permission model', () => {
      assert.deepEqual(allowed(grant('home', false)), []);
    });
  }

  it('is left away for modules of the user, which may import what lies around them', () => {
    const modules = [{ interface: 'a:b/c', path: join(folder, 'module.mjs') }];
    assert.deepEqual(new PermissionFlags([folder], node).argsFor({ ...bareProfile, modules }), []);
  });
});

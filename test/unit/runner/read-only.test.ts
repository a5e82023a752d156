import assert from 'node:assert/strict';
import { readOnlyMethods, type AnyDescriptor } from '../../../src/runner/shim/read-only';

/** A descriptor class with the methods of wasi:filesystem, each of which says that it was called. */
function descriptorClass() {
  const names = [
    ...[
      'appendViaStream',
      'createDirectoryAt',
      'removeDirectoryAt',
      'renameAt',
      'linkAt',
      'setSize',
      'setTimes',
    ],
    ...[
      'setTimesAt',
      'symlinkAt',
      'unlinkFileAt',
      'write',
      'writeViaStream',
      'read',
      'stat',
      'readViaStream',
    ],
  ];
  const prototype: AnyDescriptor = {};
  for (const name of names) prototype[name] = () => 'done';
  prototype.openAt = () => Object.create(prototype) as object;
  const readOnly = readOnlyMethods(prototype, (code) => {
    throw new Error(code);
  });
  const make = () => Object.create(prototype) as Record<string, (...args: readonly unknown[]) => object>;
  const limited = make();
  readOnly.add(limited);
  return { names, limited, free: make() };
}

function outcome(run: () => unknown): string {
  try {
    return typeof run() === 'string' ? 'done' : 'opened';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a directory that is granted for reading', () => {
  const { names, limited, free } = descriptorClass();

  it('refuses all that would change something, and nothing else', () => {
    assert.deepEqual(
      names.filter((name) => outcome(() => limited[name]?.()) === 'done'),
      ['read', 'stat', 'readViaStream'],
    );
    assert.deepEqual(
      names.filter((name) => outcome(() => free[name]?.()) !== 'done'),
      [],
    );
  });

  it('takes nothing that is renamed or linked into it from another one', () => {
    for (const name of ['renameAt', 'linkAt'])
      assert.equal(
        outcome(() => free[name]?.({}, 'from', limited, 'to')),
        'read-only',
      );
  });

  it('opens nothing to be made, cut or written', () => {
    const open = (openFlags: object, flags: object) =>
      outcome(() => limited.openAt?.({}, 'file', openFlags, flags));
    assert.equal(open({}, { read: true }), 'opened');
    assert.equal(open({ directory: true }, { read: true }), 'opened');
    assert.equal(open({ create: true }, { read: true }), 'read-only');
    assert.equal(open({ truncate: true }, { read: true }), 'read-only');
    assert.equal(open({}, { write: true }), 'read-only');
    assert.equal(open({}, { mutateDirectory: true }), 'read-only');
  });

  it('gives what is opened in it for reading only', () => {
    const opened = limited.openAt?.({}, 'deep', {}, { read: true }) as typeof limited;
    assert.equal(
      outcome(() => opened.write?.()),
      'read-only',
    );
    assert.equal(
      outcome(() => (free.openAt?.({}, 'deep', {}, {}) as typeof free).write?.()),
      'done',
    );
  });
});

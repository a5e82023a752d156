import type { Verdict } from '../../../src/reuse/verdict';
import assert from 'node:assert/strict';
import type { Callable } from '../../../src/component/wave/export-lookup';
import { exportRow } from '../../../src/editor/tree/export-row';
import { formatBytes } from '../../../src/base/size';
import { componentRow } from '../../../src/editor/tree/component-row';
import { handleRow } from '../../../src/editor/tree/handle-row';
import { callRow, instanceRow } from '../../../src/editor/tree/rows';
import { formatDuration } from '../../../src/base/duration';
import { shortNames, type ReadComponent } from '../../../src/editor/components/known-component';
import type { Outcome } from '../../../src/component/outcome';
import { dropRef, readRef } from '../../../src/instance/call';
import type { Instance } from '../../../src/instance/registry';
import { judge } from '../../../src/reuse/judge';
import { guardVerdict, bareProfile, buildOf, registryWithClock, runRef } from '../instance/support';

const trapping = judge({
  observed: [{ export: 'once', call: 2, outcome: 'trapped', trap: { kind: 'unreachable' }, at: 0 }],
});

describe('the row of an export', () => {
  const once: Callable = {
    interface: 'a:b/c',
    func: 'once',
    type: { params: [], result: null, async: false },
  };

  it('shows its signature', () => {
    const { label, description, icon } = exportRow(once);
    assert.deepEqual([label, description, icon.id], ['once', 'func() · a:b/c', 'symbol-function']);
  });

  it('warns that it trapped when it was called again', () => {
    const { description, icon, tooltip } = exportRow(once, trapping);
    assert.equal(description, 'trapped when called again · func() · a:b/c');
    assert.equal(icon.id, 'warning');
    assert.match(tooltip.join('\n'), /would trap: .*call 2/);
  });
});

describe('the row of an instance', () => {
  it('tells state, calls, memory and age', () => {
    const { instance, now } = afterCall({ type: 'ok' }, guardVerdict);
    const row = instanceRow(instance, now, 'open');
    assert.equal(`${row.label} ${row.description}`, '#1 spent · 1 call · 128 KiB (+64 KiB) · just now');
    assert.equal(row.contextValue, 'instance.spent.callable.again.terminal');
    const cut = instanceRow(instance, now, 'cut');
    assert.equal(cut.contextValue, 'instance.spent.callable.again.terminal.cut');
  });

  it('names the source line of a trap', () => {
    const source = { file: 'src/boom.c', line: 7 };
    const outcome: Outcome = {
      type: 'trapped',
      trap: { kind: 'unreachable' },
      frames: [{ funcIndex: 3, module: 0, offset: 9, source }],
    };
    const { instance, now } = afterCall(outcome);
    assert.match(
      instanceRow(instance, now, 'none').description,
      /^trapped · unreachable at src\/boom\.c:7 · 1 call/,
    );
    assert.equal(instanceRow(instance, now, 'none').contextValue, 'instance.trapped');
  });

  it('names engine and version where it is not ours, and offers a run in its place', () => {
    const { registry, clock } = registryWithClock();
    const { id } = registry.add(buildOf('/hello.wasm'), { ...bareProfile, engine: 'wasmtime' });
    registry.foundEngine(id, '49.0.3');
    registry.instantiated(id);
    registry.called(id, runRef, '');
    registry.callEnded(id, { outcome: { type: 'ok' }, durationMs: 12, spent: 'process-ended' });
    const row = instanceRow(registry.get(id)!, clock.now, 'open');
    assert.equal(row.description, 'spent · its process has ended · wasmtime 49.0.3 · 1 call · just now');
    assert.equal(row.contextValue, 'instance.spent.again.terminal');
    assert.ok(row.tooltip.includes('Engine: wasmtime 49.0.3'));
  });

  it('marks one of an older build', () => {
    const { registry } = registryWithClock();
    const { id } = registry.add(buildOf('/hello.wasm', 'old'), bareProfile);
    registry.instantiated(id);
    registry.rebuilt('/hello.wasm', 'new');
    assert.match(instanceRow(registry.get(id)!, 5_000, 'none').description, /^outdated · ready/);
  });

  it('is read out in words by a screen reader', () => {
    const { instance, now } = afterCall({ type: 'exited', code: 3 });
    assert.match(
      instanceRow(instance, now, 'none').accessibleLabel,
      /^Instance 1, exited with 3, 1 call, 128 KiB/,
    );
  });
});

describe('the row of a call', () => {
  it('tells outcome, duration and arguments', () => {
    const { instance, now } = afterCall({ type: 'ok' });
    const row = callRow(instance.calls[0]!, now);
    assert.equal(row.label, 'run');
    assert.match(row.description, /^a b · returned ok · 12 ms · \d\d:\d\d:\d\d$/);
  });
});

describe('the row of a dropped handle', () => {
  it('is no call that can be repeated', () => {
    const { registry, clock } = registryWithClock();
    const { id } = registry.add(buildOf('/tools.wasm'), bareProfile);
    registry.instantiated(id);
    registry.called(id, dropRef('a:b/c', 'counter'), '$1');
    registry.callEnded(id, {
      outcome: { type: 'trapped', trap: { kind: 'unreachable' }, frames: [] },
      durationMs: 12,
    });
    const instance = registry.get(id)!;
    const row = callRow(instance.calls[0]!, clock.now);
    assert.equal(row.label, 'drop counter');
    assert.match(row.description, /^\$1 · trapped: unreachable · 12 ms/);
    assert.equal(row.contextValue, 'drop.ended');
    assert.match(instanceRow(instance, clock.now, 'none').description, /^trapped · unreachable · 1 call/);
  });
});

describe('the row of a read', () => {
  it('tells what was read, and is no call that can be repeated', () => {
    const { registry, clock } = registryWithClock();
    const { id } = registry.add(buildOf('/channels.wasm'), bareProfile);
    registry.instantiated(id);
    const call = registry.called(id, readRef('a:b/c', 'stream<u8>'), '$1');
    registry.callEnded(id, { outcome: { type: 'ok' }, durationMs: 12 });
    registry.noteResult(id, call.number, '[1, 2]');
    const row = callRow(registry.get(id)!.calls[0]!, clock.now);
    assert.equal(row.label, 'read stream<u8>');
    assert.match(row.description, /^\$1 · → \[1, 2\] · 12 ms/);
    assert.equal(row.contextValue, 'read.ended.result');
  });
});

describe('the row of a handle', () => {
  it('tells its resource and the call that returned it', () => {
    const row = handleRow({
      name: '$1',
      type: 'counter',
      from: 'counter(5)',
      droppable: true,
      readable: false,
    });
    assert.deepEqual(
      [row.label, row.description, row.contextValue],
      ['$1', 'counter · from counter(5)', 'handle.droppable'],
    );
    const long = handleRow({
      name: '$2',
      type: 'stream<u8>',
      from: `open("${'x'.repeat(60)}")`,
      droppable: false,
      readable: true,
    });
    assert.match(long.description, /^stream<u8> · from open\("x{41}…$/);
    assert.equal(long.contextValue, 'handle');
  });
});

describe('the row of a component', () => {
  const read = {
    type: 'component',
    build: buildOf('/w/hello.wasm'),
    summary: {
      kind: 'component',
      runExports: ['wasi:cli/run@0.2.3'],
      entry: 'wasi:cli/run@0.2.3',
      entryIsAsync: false,
      imports: [],
      exports: [],
      producers: [],
      hasDebugInfo: true,
    },
    finding: {
      type: 'nothing-found',
      why: { type: 'looked-until', until: { type: 'host-call', name: 'x' } },
      evidence: [],
    },
    unsupported: [],
    sources: [],
  } as const;

  it('shows the verdict before anything has run', () => {
    const place = { module: 0, funcIndex: 12, func: '_start', offset: 0x2f1 };
    const verdict = judge({
      static: { type: 'guard', certainty: 'certain', place, cell: null, evidence: [] },
    });
    const row = componentRow({ path: '/w/hello.wasm', name: 'hello.wasm', content: read }, verdict, []);
    assert.equal(row.description, 'runs once per instance · guard in _start');
    assert.equal(row.contextValue, 'component.runnable');
  });

  it('says that a component cannot run here, and why', () => {
    const unsupported = [{ feature: 'exceptions', module: 0 }] as const;
    const known = { path: '/w/hello.wasm', name: 'hello.wasm', content: { ...read, unsupported } };
    const { description, tooltip } = componentRow(known, undefined, []);
    assert.equal(description, 'cannot run here');
    assert.match(tooltip[1] ?? '', /^jco, .* cannot translate it\. Core module 0 uses exceptions\./);
  });

  it('tells first what runs and what is missing, since a narrow view cuts off the end', () => {
    const { registry } = registryWithClock();
    const { id } = registry.add(read.build, bareProfile);
    registry.instantiated(id);
    registry.called(id, runRef, '');
    const component = { path: '/w/hello.wasm', name: 'hello.wasm', content: read };
    const verdict = judge({ static: read.finding });
    assert.equal(
      componentRow(component, verdict, registry.all()).description,
      '1 running · a second run is untried',
    );
    const lacking = componentRow(component, verdict, [], { missing: ['my:shop/till'] });
    assert.equal(lacking.description, 'needs my:shop/till · a second run is untried');
    assert.match(
      lacking.tooltip.join('\n'),
      /my:shop\/till, which WASI does not provide.*freshInstance\.imports/,
    );
    assert.match(lacking.accessibleLabel, /needs my:shop\/till, a second run/);
  });

  it('names the engine that is not ours, and what only jco cannot translate not for it', () => {
    const content: ReadComponent = { ...read, unsupported: [{ feature: 'gc' }] };
    const component = { path: '/w/hello.wasm', name: 'hello.wasm', content };
    const describe = (engine: 'jco' | 'wasmtime') =>
      componentRow(component, undefined, [], { engine }).description;
    assert.equal(describe('jco'), 'cannot run here');
    assert.equal(describe('wasmtime'), 'on wasmtime');
  });

  it('shows what is wrong with a file that is none, and what to do', () => {
    const content = {
      type: 'problem',
      error: {
        code: 'invalid',
        path: '/w/broken.wasm',
        problem: { kind: 'truncated', detail: '', offset: 4000 },
      },
    } as const;
    const row = componentRow({ path: '/w/broken.wasm', name: 'broken.wasm', content }, undefined, []);
    assert.equal(row.description, 'not a whole component: truncated at byte 4,000');
    assert.equal(row.contextValue, 'component.problem');
    assert.deepEqual(row.tooltip, ['/w/broken.wasm', 'Build it again.']);
  });

  it('says that a module is adapted, behind its verdict', () => {
    const content = { ...read, build: { ...read.build, adapted: 'command' } } as const;
    const row = componentRow({ path: '/w/app.wasm', name: 'app.wasm', content }, undefined, []);
    assert.equal(row.description, 'wasip1 module, adapted');
    assert.equal(row.contextValue, 'component.runnable.adapted');
    assert.match(row.tooltip.join('\n'), /A module for WASI preview 1\. A component is made of it/);
  });

  it('shows a WIT package as what it is, without a warning', () => {
    const error = { code: 'wit-package', path: '/w/types.wasm' } as const;
    const content = { type: 'problem', error } as const;
    const row = componentRow({ path: '/w/types.wasm', name: 'types.wasm', content }, undefined, []);
    assert.deepEqual(
      [row.description, row.contextValue, row.icon],
      ['a WIT package, not a program', 'component.wit', { id: 'symbol-interface' }],
    );
    assert.match(row.tooltip.join('\n'), /It has nothing to run\./);
  });

  it('offers no run for a library', () => {
    const content = { ...read, summary: { ...read.summary, entry: null, runExports: [] } };
    const row = componentRow(
      { path: '/w/lib.wasm', name: 'lib.wasm', content },
      judge({ static: { type: 'no-run' } }),
      [],
    );
    assert.equal(row.contextValue, 'component.library');
    assert.equal(row.description, 'library · has no run');
  });

  it('says which of two versions of run is called', () => {
    const content = {
      ...read,
      summary: { ...read.summary, runExports: ['wasi:cli/run@0.3.0', 'wasi:cli/run@0.2.0'] },
    };
    const row = componentRow({ path: '/w/two.wasm', name: 'two.wasm', content }, undefined, []);
    assert.ok(
      row.tooltip.includes(
        'It exports wasi:cli/run@0.3.0, wasi:cli/run@0.2.0. Run calls the highest version.',
      ),
    );
  });
});

describe('names of components', () => {
  it('are base names, with as many folders as tell them apart, on any system', () => {
    const names = shortNames(['/w/a/x.wasm', '/w/b/x.wasm', '/w/y.wasm', 'C:\\w\\z.wasm']);
    assert.deepEqual([...names.values()], ['a/x.wasm', 'b/x.wasm', 'y.wasm', 'z.wasm']);
  });
});

describe('figures in rows', () => {
  it('are given in the unit in which they are small', () => {
    assert.deepEqual([0.42, 9.96, 12.4, 3_240, 65_000, 7_200_000].map(formatDuration), [
      '0.4 ms',
      '10 ms',
      '12 ms',
      '3.2 s',
      '1 min',
      '2 h',
    ]);
    assert.deepEqual([12, 65_536, 1_153_434].map(formatBytes), ['12 B', '64 KiB', '1.1 MiB']);
  });
});

function afterCall(outcome: Outcome, spent?: Verdict): { instance: Instance; now: number } {
  const { registry, clock } = registryWithClock();
  const { id } = registry.add(buildOf('/hello.wasm'), bareProfile);
  registry.instantiated(id, 65_536);
  registry.called(id, runRef, 'a b');
  registry.callEnded(id, {
    outcome,
    durationMs: 12,
    memoryAfterBytes: 131_072,
    ...(spent === undefined ? {} : { spent }),
  });
  return { instance: registry.get(id)!, now: clock.now };
}

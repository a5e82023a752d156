import { probeProblemText } from '../../src/words/probe-problem';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Prober, type ProberOptions } from '../../src/engine/probe';
import { readBuild } from '../../src/engine/read-build';
import { bareProfile, type Profile } from '../../src/instance/profile';
import type { ProbeReport } from '../../src/reuse/findings';
import { judge } from '../../src/reuse/judge';
import { concludeProbe } from '../../src/reuse/probe-finding';
import { fixture } from '../fixtures';
import { temporaryFolder } from '../support/temporary-folder';
import { dist } from './harness';

/** The engine's words for the trap of an `unreachable`. */
const unreachable = 'wasm `unreachable` instruction executed';

/** How each call ended, with its host calls as none or some: `ok/some trapped/none`. */
function outcomes({ calls }: ProbeReport): string {
  return calls
    .map(({ outcome, hostCalls }) => `${outcome.type}/${hostCalls === 0 ? 'none' : 'some'}`)
    .join(' ');
}

describe('a probe', () => {
  let cacheDir: string;
  let prober: Prober;
  /** For guests that do not return, whose calls are ended soon. */
  let brief: Prober;

  before(() => {
    cacheDir = temporaryFolder();
    prober = makeProber({});
    brief = makeProber({ limitMs: 1000 });
  });
  after(async () => {
    await Promise.all([prober.shutdown(), brief.shutdown()]);
  });

  /** A busy machine may take seconds for a start or a call. */
  function makeProber({ limitMs = 30_000, startLimitMs = 30_000 }: Partial<ProberOptions>): Prober {
    return new Prober({
      cacheDir,
      files: { runner: join(dist, 'runner.js'), transpiler: join(dist, 'transpiler.js') },
      node: { execPath: process.execPath, env: {} },
      log: () => undefined,
      limitMs,
      startLimitMs,
    });
  }

  async function probe(name: string, profile?: Profile, by = prober): Promise<ProbeReport> {
    const read = await readBuild(fixture(name));
    if (!read.ok) throw new Error(read.error.code);
    const { build, summary } = read.value;
    if (summary.entry === null) throw new Error(`${name} has no run`);
    const report = await by.probe(build, summary.entry, { profile });
    assert.ok(report !== null);
    return report;
  }

  for (const name of ['hello', 'guard', 'guard-bit', 'guard-callee', 'guard-atomic', 'toggle', 'p2-native']) {
    it(`sees the second call of ${name} trap before it asks the host for anything`, async () => {
      const report = await probe(name);
      assert.equal(outcomes(report), 'ok/some trapped/none');
      assert.deepEqual(concludeProbe(report), {
        type: 'traps',
        call: 2,
        trap: { kind: 'unreachable' },
        hostCalls: 0,
      });
      assert.deepEqual([judge({ probe: report }).repeat, judge({ probe: report }).basis], ['traps', 'probe']);
    });
  }

  it('tells a trap that comes after host calls', async () => {
    const report = await probe('guard-late');
    assert.equal(outcomes(report), 'ok/some trapped/some');
    assert.equal(judge({ probe: report }).repeat, 'likely-traps');
  });

  it('sees a trap that comes with the third call only', async () => {
    const report = await probe('third');
    assert.equal(outcomes(report), 'ok/some ok/some trapped/none');
    const finding = concludeProbe(report);
    assert.deepEqual([finding.type, 'call' in finding && finding.call], ['traps', 3]);
  });

  it('sees the first call trap already', async () => {
    assert.deepEqual(concludeProbe(await probe('run-trap')), {
      type: 'first-call-traps',
      trap: { kind: 'unreachable' },
      hostCalls: 0,
    });
  });

  for (const [name, output] of [
    ['lock', 'same'],
    ['env-once', 'same'],
    ['bare-run', 'same'],
    ['two-versions', 'same'],
    ['counter', 'different'],
    ['unguarded', 'different'],
    ['random', 'varies'],
  ] as const) {
    it(`sees ${name} rerun, output: ${output}`, async () => {
      const report = await probe(name);
      assert.deepEqual(
        report.calls.map(({ outcome }) => outcome.type),
        ['ok', 'ok', 'ok'],
      );
      assert.deepEqual(concludeProbe(report), {
        type: 'reran',
        output,
        errors: 'none',
        pagesPerCall: 0,
      });
    });
  }

  it('does not say that a component reruns if every call returned an error', async () => {
    const report = await probe('run-error');
    assert.deepEqual(concludeProbe(report), { type: 'failed' });
    assert.equal(judge({ probe: report }).repeat, 'unknown');
  });

  it('gives the guest what a profile says: arguments, environment, directories, modules for imports', async () => {
    const failed = await probe('needs-argument');
    assert.equal(outcomes(failed), 'error/some error/some error/some');
    const report = await probe('needs-argument', { ...bareProfile, args: ['x'] });
    assert.equal(outcomes(report), 'ok/some trapped/some');
    // With the real arguments the trap is what a user's run would see.
    assert.deepEqual([report.granted, judge({ probe: report }).repeat], [true, 'traps']);
    const [call] = (await probe('getenv', { ...bareProfile, env: { GREETING: 'hello' } })).calls;
    assert.ok((call?.outputBytes ?? 0) > 0);
    const path = join(cacheDir, 'thermometer.mjs');
    writeFileSync(path, 'export function readCelsius() { return 21; }');
    const modules = [{ interface: 'samples:workshop/thermometer', path }];
    const provided = await probe('needs-host', { ...bareProfile, modules });
    assert.equal(provided.calls[0]?.outcome.type, 'ok');
    assert.equal((await probe('getenv', bareProfile)).granted, undefined);
  });

  it('sees that later calls do nothing', async () => {
    const report = await probe('once');
    assert.equal(outcomes(report), 'ok/some ok/none ok/none');
    assert.deepEqual(concludeProbe(report), { type: 'did-nothing' });
  });

  it('measures the memory that each call adds', async () => {
    const finding = concludeProbe(await probe('leak'));
    assert.equal(finding.type === 'reran' && finding.pagesPerCall, 4);
  });

  it('sees an exit on the first call, and one on the second', async () => {
    assert.deepEqual(concludeProbe(await probe('exit3')), { type: 'exited', call: 1, code: 1 });
    assert.deepEqual(concludeProbe(await probe('exits-second')), { type: 'exited', call: 2, code: 1 });
  });

  it('says nothing about a call that does not return in time', async () => {
    assert.deepEqual(concludeProbe(await probe('spins-second', undefined, brief)), {
      type: 'inconclusive',
      why: { type: 'stopped', call: 2, reason: { type: 'timeout', limitMs: 1000 } },
    });
    assert.deepEqual(concludeProbe(await probe('sleep', undefined, brief)), {
      type: 'inconclusive',
      why: { type: 'stopped', call: 1, reason: { type: 'timeout', limitMs: 1000 } },
    });
  });

  it('says why an instance could not be started', async () => {
    assert.match(reasonOf(await probe('needs-host')), /^it could not start: .*samples:workshop\/thermometer/);
    assert.equal(reasonOf(await probe('start-trap')), `it trapped while it was starting (${unreachable})`);
    const hasty = makeProber({ startLimitMs: 1000 });
    assert.equal(reasonOf(await probe('start-spin', undefined, hasty)), 'it was not ready within 1 s');
    await hasty.shutdown();
  });

  it('grants nothing: standard input is at its end, the environment is empty', async () => {
    const report = await probe('ask');
    assert.equal(report.calls[0]?.outcome.type, 'ok');
    const [call] = (await probe('getenv')).calls;
    assert.equal(call?.outputBytes, 0);
  });

  it('gives equal digests to equal outputs, and different ones to different streams', async () => {
    const [first, second] = (await probe('lock')).calls;
    assert.ok(first !== undefined && second !== undefined && first.outputBytes > 0);
    assert.equal(first.outputDigest, second.outputDigest);
    assert.notEqual((await probe('counter')).calls[0]?.outputDigest, first.outputDigest);
  });

  it('ends when it is cancelled, and says nothing', async () => {
    const read = await readBuild(fixture('spins-second'));
    assert.ok(read.ok);
    const abort = new AbortController();
    const patient = makeProber({ limitMs: 60_000 });
    const probing = patient.probe(read.value.build, read.value.summary.entry ?? '', { signal: abort.signal });
    setTimeout(() => {
      abort.abort();
    }, 500);
    assert.equal(await probing, null);
    await patient.shutdown();
  });

  if (typeof Reflect.get(WebAssembly, 'Suspending') === 'function') {
    const async03: readonly (readonly [string, string])[] = [
      ['async-ok', 'ok/none ok/none ok/none'],
      ['async-sync', 'ok/none ok/none ok/none'],
      ['async-error', 'error/none error/none error/none'],
      ['async-print', 'ok/some ok/some ok/some'],
      ['async-wait', 'ok/some ok/some ok/some'],
      ['async-guard', 'ok/some trapped/none'],
      ['async-trap', 'trapped/some'],
      ['async-spin', 'stopped/none'],
      ['async-sleep', 'stopped/none'],
      ['both-runs', 'ok/some ok/some ok/some'],
      ['two-runs', 'ok/some ok/some ok/some'],
    ];
    for (const [name, expected] of async03) {
      it(`of WASI 0.3: ${name} ends ${expected}`, async () => {
        const by = expected.startsWith('stopped') ? brief : prober;
        assert.equal(outcomes(await probe(name, undefined, by)), expected);
      });
    }
  } else {
    it('of WASI 0.3 says what it takes', async () => {
      assert.match(reasonOf(await probe('async-ok')), /^it could not start: .*Node 24/);
    });
  }
});

function reasonOf(report: ProbeReport): string {
  const finding = concludeProbe(report);
  return finding.type === 'inconclusive' ? probeProblemText(finding.why) : finding.type;
}

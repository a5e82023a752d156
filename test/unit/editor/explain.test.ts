import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { explainPage, type ExplainSubject } from '../../../src/editor/pages/explain-page';
import { readCode } from '../../../src/editor/pages/read-code';
import { analyseFile } from '../../../src/reuse/analyse';
import type { ProbeCall, ProbeReport } from '../../../src/reuse/findings';
import { judge } from '../../../src/reuse/judge';
import { fixture } from '../../fixtures';

const run = 'wasi:cli/run@0.2.12';

/** The page of a fixture, from its binary and what else is known. */
async function pageOf(
  name: string,
  probe?: ProbeReport,
  changes: Partial<ExplainSubject> = {},
): Promise<string> {
  const finding = analyseFile(readFileSync(fixture(name)));
  assert.ok(finding.ok);
  const verdict = judge({ static: finding.value, ...(probe === undefined ? {} : { probe }) });
  return explainPage({
    name: `${name}.wasm`,
    path: `/work space/${name}.wasm`,
    verdict,
    entry: run,
    otherRuns: [],
    producers: ['clang 21'],
    missing: [],
    unsupported: [],
    code: await readCode(fixture(name), run, verdict.evidence),
    trappingExports: [],
    probe,
    sourceHref: () => undefined,
    trusted: true,
    ...changes,
  });
}

/** What a reader sees: no tags, no entities, one line for each block. */
function textOf(page: string): string {
  return page
    .replace(/<\/(p|li|h\d|tr|caption|pre)>/g, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/ +/g, ' ')
    .replace(/ *\n */g, '\n');
}

const ok: ProbeCall = {
  outcome: { type: 'ok' },
  hostCalls: 3,
  outputDigest: 'a',
  outputBytes: 20,
  durationMs: 1.5,
  memoryPages: 17,
};

describe('the page that explains a verdict', () => {
  it('lists the other exports that trapped when they were called again, with a fresh instance one click away', async () => {
    const trappingExports = [
      {
        export: { interface: 'a:b/c', func: 'once' },
        verdict: judge({
          observed: [{ export: 'once', call: 2, outcome: 'trapped', trap: { kind: 'unreachable' }, at: 0 }],
        }),
      },
    ];
    const page = await pageOf('counter', undefined, { trappingExports });
    assert.match(
      textOf(page),
      /Other exports\s+Calling `?a:b\/c#once`? again on the same instance would trap: .*call 2/,
    );
    assert.match(page, /command:freshInstance\.callExportFresh\?[^"]*once/);
    assert.doesNotMatch(textOf(await pageOf('counter')), /Other exports/);
  });

  it('says for a guarded component what it rests on and what to do, in this order', async () => {
    const page = await pageOf('hello');
    assert.match(
      textOf(page),
      /^\s*hello\.wasm\n\s*A second run on the same instance traps: its _start may run once per instance/,
    );
    assert.match(textOf(page), /This rests on the binary alone; nothing was executed\./);
    assert.deepEqual(
      [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title),
      [
        'What to do',
        'If you make this component',
        'From the export to the code',
        'The code',
        'Evidence',
        'About the component',
        'Read more',
      ],
    );
  });

  it('says what jco cannot translate in place of advising to run it', async () => {
    const unsupported = [{ feature: 'export', name: 'pair', kind: 'type' }] as const;
    const page = textOf(await pageOf('hello', undefined, { unsupported }));
    assert.match(
      page,
      /It exports the type pair outside of an interface\. Define the type in an interface\./,
    );
    assert.ok(!page.includes('Run in Fresh Instance'));
  });

  it('says of a component that cannot start what it needs, in place of an advice to run it', async () => {
    const page = await pageOf('hello', undefined, { missing: ['my:shop/till'] });
    assert.match(
      textOf(page),
      /It cannot be started yet: it imports my:shop\/till ?, which WASI does not provide/,
    );
    assert.doesNotMatch(page, /class="button/);
  });

  it('leads from a library to its exports', async () => {
    const page = await pageOf('hello', undefined, {
      entry: null,
      verdict: judge({ static: { type: 'no-run' } }),
    });
    assert.match(page, /command:freshInstance\.callExport\?/);
    assert.doesNotMatch(textOf(page), /There is none yet/);
  });

  it('shows the way from the export over the adapter to the function that is guarded', async () => {
    const [, steps = ''] = /<ol>(.*?)<\/ol>/s.exec(await pageOf('hello')) ?? [];
    assert.deepEqual(textOf(steps).trim().split('\n').map(steady), [
      'Run calls the export wasi:cli/run@0.2.12#run .',
      'canon lift makes it from the core export wasi:cli/run@0.2.12#run .',
      'Adapter, which passes the call on: wasi:cli/run@0.2.12#run , function N of core module N at 0xN',
      '_start , function N of core module N ( hello ) at 0xN',
    ]);
  });

  it('goes on to the guard where it is in a function that the lifted one calls', async () => {
    const [, steps = ''] = /<ol>(.*?)<\/ol>/s.exec(await pageOf('p2-native')) ?? [];
    assert.deepEqual(textOf(steps).trim().split('\n').map(steady).slice(2), [
      'run.command_export , function N of core module N ( p2-native ) at 0xN',
      'calls run , function N of core module N ( test/fixtures/src/reuse/p2-native.c:15 )',
    ]);
  });

  it('shows the code of the guard, with the lines that matter marked in words', async () => {
    const page = await pageOf('guard-bit');
    const [, code = ''] = /<pre[^>]*><code>(.*?)<\/code><\/pre>/s.exec(page) ?? [];
    assert.match(textOf(code), /^\s*\(func \$run \(;6;\)\n18b block \(;@1;\)\n18d i32\.const 0\n/);
    assert.match(textOf(code), /\n19c unreachable ← a call that finds the mark traps here\s*\n/);
    assert.match(textOf(code), /i32\.store offset=65544 ← the first call sets the mark here/);
    assert.equal([...code.matchAll(/<mark>/g)].length, 2);
  });

  it('links source lines that are in the workspace, and only names the others', async () => {
    const linked = await pageOf('guard-bit', undefined, {
      sourceHref: ({ file, line }) => `command:open?"${file}:${String(line)}"`,
    });
    assert.match(
      linked,
      /The trap is at <a href="command:open\?&quot;test\/fixtures\/src\/reuse\/guard-bit\.c:7&quot;">/,
    );
    assert.match(linked, /The mark is set at <a [^>]*guard-bit\.c:8&quot;">/);
    assert.match(
      await pageOf('guard-bit'),
      /The trap is at <code>test\/fixtures\/src\/reuse\/guard-bit\.c:7<\/code>\./,
    );
  });

  it('puts each claim below the basis that it rests on', async () => {
    const page = await pageOf('hello', {
      export: run,
      calls: [
        ok,
        { ...ok, outcome: { type: 'trapped', trap: { kind: 'unreachable' }, frames: [] }, hostCalls: 0 },
      ],
    });
    const [, evidence = ''] = /<h2>Evidence<\/h2>(.*?)<h2>/s.exec(page) ?? [];
    const [probe = '', binary = ''] = textOf(evidence).split('Read from the binary');
    assert.match(probe, /Seen in a probe\s+In a probe, call 1 returned ok[^]*In a probe, call 2 trapped/);
    assert.doesNotMatch(probe, /second entry/);
    assert.match(binary, /A second entry reaches the trap in _start/);
    assert.match(textOf(page), /This rests on a probe: an isolated trial\./);
  });

  it('says for a component that reruns what is kept and what grows', async () => {
    const page = await pageOf('leak', {
      export: run,
      calls: [
        ok,
        { ...ok, outputDigest: 'b', memoryPages: 21 },
        { ...ok, outputDigest: 'c', memoryPages: 25 },
      ],
    });
    assert.match(page, /class="verdict reruns"/);
    const text = textOf(page);
    assert.match(text, /Memory grows by 4 pages \(64 KiB each\) with every call\./);
    assert.match(text, /printed something different from the first one, so state was kept\./);
    assert.match(text, /\n ?1 returned ok 3 20 B 1\.1 MiB 1\.5 ms\n/);
    assert.match(text, /\n ?2 returned ok 3 20 B, unlike call 1 1\.3 MiB \(\+256 KiB\) 1\.5 ms\n/);
    assert.match(text, /State was kept: later calls printed something different from the first\.\n/);
    assert.match(text, /Memory grew by 256 KiB with every call\.\n/);
    assert.match(text, /Calls on one instance share its memory/);
  });

  it('offers to run and to probe where the workspace is trusted, and nothing where it is not', async () => {
    const target = encodeURIComponent('[{"path":"/work space/counter.wasm"}]');
    const trusted = await pageOf('counter');
    assert.ok(trusted.includes(`href="command:freshInstance.runFresh?${target}"`));
    assert.ok(trusted.includes(`href="command:freshInstance.probeReuse?${target}"`));
    const restricted = await pageOf('counter', undefined, { trusted: false });
    assert.doesNotMatch(restricted, /command:/);
    assert.match(restricted, /Nothing is run until you trust this workspace/);
  });

  it('links the discussions upstream', async () => {
    const page = await pageOf('hello');
    for (const href of [
      'https://github.com/bytecodealliance/wasmtime/issues/10219',
      'https://github.com/WebAssembly/wasi-libc/pull/329',
      'https://github.com/WebAssembly/component-model/issues/307',
    ])
      assert.ok(page.includes(`<a href="${href}">`), href);
  });

  it('escapes everything that comes from a component', async () => {
    const hostile = '<img src=x onerror="alert(1)">\'&';
    const place = { module: 0, funcIndex: 1, func: hostile, offset: 2, source: { file: hostile, line: 3 } };
    const page = await pageOf('hello', undefined, {
      name: hostile,
      path: hostile,
      entry: hostile,
      otherRuns: [hostile],
      producers: [hostile],
      verdict: {
        repeat: 'traps',
        basis: 'static',
        finding: { type: 'seen-to-trap', call: 2, trap: { kind: 'other', words: hostile } },
        notes: [],
        evidence: [
          { type: 'path', export: hostile, async: false, calls: [place] },
          { type: 'guard', place, cell: null, set: place },
        ],
      },
      code: {
        chain: {
          interface: hostile,
          func: hostile,
          lift: 'sync',
          coreExport: hostile,
          functions: [
            {
              module: 0,
              moduleName: hostile,
              funcIndex: 5,
              func: hostile,
              offset: 0,
              sizeBytes: 1,
              adapter: true,
            },
          ],
        },
        excerpt: {
          place,
          wat: {
            head: hostile,
            lines: [{ offset: 2, depth: 0, text: `call $\`${hostile}\`` }],
            before: 0,
            after: 0,
          },
          marks: new Map([[2, 'here']]),
        },
      },
      sourceHref: () => `command:x?"><script>`,
    });
    assert.doesNotMatch(page, /<img|<script|onerror="/);
    assert.ok(page.includes('call $`&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;`'));
  });

  it('has one main heading, no level left out, and no script', async () => {
    const page = await pageOf('hello', { export: run, calls: [ok, ok] });
    const levels = [...page.matchAll(/<h(\d)>/g)].map(([, level]) => Number(level));
    assert.equal(levels.filter((level) => level === 1).length, 1);
    levels.reduce((before, level) => {
      assert.ok(level <= before + 1);
      return level;
    }, 0);
    assert.doesNotMatch(page, /<script|javascript:| on\w+=/);
    assert.match(page, /<th scope="col">/);
    assert.match(page, /<caption>/);
  });
});

/** Without the numbers that another toolchain would change. */
function steady(line: string): string {
  return line
    .trim()
    .replace(/(function|module) \d+/g, '$1 N')
    .replace(/0x[0-9a-f]+/g, '0xN');
}

// @ts-check
// How long lenses and warnings take for a 10,000-line file in each language, through the same worker as in the editor: the first answer
// (a new thread that loads its grammar), the answer after an edit, and the quick filter on the caller's thread. All are compared with parsing
// the same text once, in processor time, so that neither the machine nor its load matters. C has no grammar here: its unit is that of Go.
// usage: node bench/lenses.mjs [--json OUT]
import { cpSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ensureDependencies } from '../scripts/setup/dependencies.mjs';
import { out, root } from '../scripts/setup/paths.mjs';

const lineCount = 10_000;
const firstRuns = 9;
const editRuns = 31;
/** In units of parsing the text once. */
const limits = { first: 6, edit: 1, filter: 0.1 };

/** A function without components, and one that runs a component in a loop on one instance. @type {Record<string, {readonly plain: (n: number) => string, readonly host: (n: number) => string, readonly head: string}>} */
const samples = {
  javascript: {
    plain: (n) => `export function work${n}(items, limit) {
  const found = new Map();
  for (const item of items) {
    if (item.size > limit) continue;
    const key = \`\${item.name}-${n}\`;
    found.set(key, { ...item, total: (found.get(key)?.total ?? 0) + item.size });
  }
  return [...found.values()].filter(({ total }) => total > ${n}).map((entry) => entry.total * 2);
}
`,
    host: (n) => `export async function host${n}() {
  const instance = await instantiate(undefined, {});
  for (let i = 0; i < 3; i++) {
    console.log(i);
    instance.run.run();
  }
}
`,
    head: "import { instantiate } from './hello/hello.js';\n",
  },
  rust: {
    plain: (n) => `fn work${n}(items: &[Item], limit: usize) -> Vec<usize> {
    let mut found: HashMap<String, usize> = HashMap::new();
    for item in items {
        if item.size > limit {
            continue;
        }
        *found.entry(format!("{}-${n}", item.name)).or_default() += item.size;
    }
    found.into_values().filter(|total| *total > ${n}).map(|total| total * 2).collect()
}
`,
    host: (
      n,
    ) => `fn host${n}(mut store: Store<State>, component: &Component, linker: &Linker<State>) -> Result<()> {
    let command = Command::instantiate(&mut store, component, linker)?;
    for i in 0..3 {
        println!("{i}");
        command.wasi_cli_run().call_run(&mut store)?.ok();
    }
    Ok(())
}
`,
    head: 'use wasmtime_wasi::p2::bindings::sync::Command;\n\nfn main() {}\n',
  },
  python: {
    plain: (n) => `def work${n}(items, limit):
    found = {}
    for item in items:
        if item.size > limit:
            continue
        key = f"{item.name}-${n}"
        found[key] = found.get(key, 0) + item.size
    return [total * 2 for total in found.values() if total > ${n}]

`,
    host: (n) => `def host${n}(store, linker, component):
    instance = linker.instantiate(store, component)
    run = instance.get_func(store, instance.get_export_index(store, "wasi:cli/run@0.2.0#run"))
    for i in range(3):
        print(i)
        run(store)

`,
    head: 'from wasmtime.component import Component, Linker\n\n',
  },
  go: {
    plain: (n) => `func work${n}(items []Item, limit int) int {
	found := map[string]int{}
	for _, item := range items {
		if item.Size > limit {
			continue
		}
		found[fmt.Sprintf("%s-${n}", item.Name)] += item.Size
	}
	return len(found)
}
`,
    host: () => '\n',
    head: 'package main\n\nimport "fmt"\n\nfunc main() {}\n',
  },
  c: {
    plain: (n) => `static int work${n}(const struct item *items, int count, int limit) {
  int total = 0; /* not main */
  for (int i = 0; i < count; i++) {
    if (items[i].size > limit) {
      continue;
    }
    total += items[i].size;
  }
  return total > ${n} ? total * 2 : 0;
}
`,
    host: () => '\n',
    head: '#include <stdio.h>\n\nint main(void) { return 0; }\n',
  },
};

/** @type {readonly {readonly name: string, readonly languageId: string, readonly sample: string, readonly grammar?: string, readonly hostEvery: number}[]} */
const cases = [
  {
    name: 'JavaScript',
    languageId: 'javascript',
    sample: 'javascript',
    grammar: 'javascript',
    hostEvery: 50,
  },
  {
    name: 'TypeScript',
    languageId: 'typescript',
    sample: 'javascript',
    grammar: 'typescript',
    hostEvery: 50,
  },
  { name: 'TSX', languageId: 'typescriptreact', sample: 'javascript', grammar: 'tsx', hostEvery: 50 },
  { name: 'Rust', languageId: 'rust', sample: 'rust', grammar: 'rust', hostEvery: 50 },
  { name: 'Python', languageId: 'python', sample: 'python', grammar: 'python', hostEvery: 50 },
  { name: 'Go', languageId: 'go', sample: 'go', grammar: 'go', hostEvery: 50 },
  { name: 'C', languageId: 'c', sample: 'c', hostEvery: 50 },
];

/** @param {(typeof cases)[number]} options */
function makeText({ sample, hostEvery }) {
  const chosen = samples[sample];
  if (chosen === undefined) throw new Error(`no sample for ${sample}`);
  const { plain, host, head } = chosen;
  let text = head;
  let lines = head.split('\n').length;
  for (let n = 0; lines < lineCount; n += 1) {
    const next = n % hostEvery === hostEvery - 1 ? host(n) : plain(n);
    text += next;
    lines += next.split('\n').length - 1;
  }
  return text;
}

/** @param {readonly number[]} times */
function p50(times) {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? NaN;
}

/** @param {Worker} worker @param {object} request */
async function ask(worker, request) {
  worker.postMessage(request);
  const [response] = await once(worker, 'message');
  if (response.type !== 'found') throw new Error(JSON.stringify(response));
  return { findings: response.findings };
}

await ensureDependencies();
const esbuild = await import('esbuild');
const folder = join(out, 'bench');
await esbuild.build({
  absWorkingDir: root,
  entryPoints: {
    'source-worker': 'src/source/worker-main.ts',
    languages: 'src/source/languages.ts',
    grammars: 'src/source/grammars.ts',
  },
  outdir: folder,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
});
cpSync(join(root, 'node_modules', '@vscode', 'tree-sitter-wasm', 'wasm'), join(folder, 'grammars'), {
  recursive: true,
});
const workerFile = join(folder, 'source-worker.cjs');
// The quick filter runs on the caller's thread, so it is measured here.
const { mayMatter } = (await import(join(folder, 'languages.cjs'))).default;
const { Grammars } = (await import(join(folder, 'grammars.cjs'))).default;
const grammars = new Grammars(join(folder, 'grammars'));

/** @param {NodeJS.CpuUsage} before */
function cpuMsSince(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * The processor time of parsing a text once, in ms: the unit of all limits.
 * @param {string} grammar
 * @param {string} text
 */
async function parsingMs(grammar, text) {
  const parser = await grammars.parser(`tree-sitter-${grammar}.wasm`);
  const times = [];
  for (let run = 0; run < firstRuns; run += 1) {
    const before = process.cpuUsage();
    parser.parse(text)?.delete();
    times.push(cpuMsSince(before));
  }
  return p50(times);
}

let failed = false;
let parseMs = Number.NaN;
const report = [];
for (const item of cases) {
  const text = makeText(item);
  if (item.grammar !== undefined) parseMs = await parsingMs(item.grammar, text);
  const filters = [];
  for (let index = 0; index < firstRuns; index += 1) {
    const before = process.cpuUsage();
    mayMatter(item.languageId, text.slice(0, text.length - index));
    filters.push(cpuMsSince(before));
  }
  const firsts = [];
  let worker = new Worker(workerFile);
  let found = { entryPoints: [], secondRuns: [] };
  for (let index = 0; index < firstRuns; index += 1) {
    await worker.terminate();
    const before = process.cpuUsage();
    worker = new Worker(workerFile);
    const { findings } = await ask(worker, {
      type: 'open',
      id: 'a',
      version: 0,
      languageId: item.languageId,
      text,
    });
    firsts.push(cpuMsSince(before));
    found = findings;
  }
  const edits = [];
  // Adds a line in the middle, then removes it.
  const middle = text.lastIndexOf('\n', text.indexOf('continue', text.length >> 1)) + 1;
  const typed = text.slice(middle, text.indexOf('\n', middle) + 1);
  for (let version = 1; version <= editRuns; version += 1) {
    const isAdded = version % 2 === 1;
    const edit = { start: middle, end: isAdded ? middle : middle + typed.length, text: isAdded ? typed : '' };
    const before = process.cpuUsage();
    await ask(worker, { type: 'edit', id: 'a', version, edits: [edit] });
    edits.push(cpuMsSince(before));
  }
  await worker.terminate();
  const ratios = {
    first: p50(firsts) / parseMs,
    edit: p50(edits) / parseMs,
    filter: p50(filters) / parseMs,
  };
  const ok = ratios.first <= limits.first && ratios.edit <= limits.edit && ratios.filter <= limits.filter;
  failed ||= !ok;
  report.push({ name: item.name, parseMs, ...ratios, limits, reached: ok });
  const times = (/** @type {'first' | 'edit' | 'filter'} */ what) =>
    `${ratios[what].toFixed(2)} × (at most ${limits[what]})`;
  process.stdout.write(
    `${ok ? 'ok' : 'TOO SLOW'}  ${item.name}: parsing ${parseMs.toFixed(0)} ms; first answer ${times('first')}, after an edit ${times('edit')}, filter ${times('filter')}; ${found.entryPoints.length} entry points, ${found.secondRuns.length} second runs in ${text.split('\n').length} lines\n`,
  );
}
process.stdout.write(`load of the machine: ${loadavg()[0]?.toFixed(1)}\n`);
const [option, json] = process.argv.slice(2);
if (option === '--json' && json !== undefined) writeFileSync(json, JSON.stringify(report, null, 2));
process.exitCode = failed ? 1 : 0;

// @ts-check
// Runs the .wast scripts of https://github.com/WebAssembly/component-model through the command line: one process for each instance.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { atOnce, run } from './process.mjs';
import { readScript } from './wast-script.mjs';
import { waveOf } from './wast-values.mjs';

/** @typedef {import('./wast-script.mjs').Command} Command */
/** @typedef {Extract<Command, {type: 'invoke'}>} Invoke */

/**
 * What became of one assertion.
 * @typedef {object} Result
 * @property {string} suite which kind of assertion
 * @property {string} name file and line
 * @property {'right' | 'wrong' | 'not started'} outcome
 * @property {string} message what went wrong
 * @property {boolean} broken the process crashed, or hung beyond the time limit that it was given
 * @property {Uint8Array} [component]
 */

/** One instance of a component, and what is called on it. */
/** @typedef {{file: string, line: number, text: string, invokes: Invoke[]}} Plan */

const callLimit = '10s';
/** In ms: start, transpile, and the calls. */
const limitMs = 60_000;

/**
 * @param {string} folder that holds .wast files
 * @param {{width: number, only: string}} options
 * @returns {Promise<readonly Result[]>}
 */
export async function runWastSuite(folder, { width, only }) {
  const work = mkdtempSync(join(tmpdir(), 'suites-wast-'));
  try {
    const files = globSync('**/*.wast', { cwd: folder }).sort();
    const scripts = files
      .filter((file) => file.includes(only))
      .map((file) => ({ file, commands: readScript(readFileSync(join(folder, file), 'utf8')) }));
    const instances = await atOnce(scripts.flatMap(instancesOf), width, (plan) => runInstance(work, plan));
    const refusals = scripts.flatMap(({ file, commands }) =>
      commands.flatMap((command) => (command.type === 'refused' ? [{ file, command }] : [])),
    );
    return [...instances.flat(), ...(await atOnce(refusals, width, (each) => refuse(work, each)))];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {{file: string, commands: readonly Command[]}} script @returns {readonly Plan[]} */
function instancesOf({ file, commands }) {
  /** @type {Map<string, string>} */
  const definitions = new Map();
  /** @type {Plan[]} */
  const plans = [];
  let last = '';
  for (const command of commands) {
    if (command.type === 'component') {
      last = command.text;
      if (command.name !== null) definitions.set(command.name, command.text);
      if (command.instantiated) plans.push({ file, line: command.line, text: command.text, invokes: [] });
    } else if (command.type === 'instance') {
      const text = command.definition === null ? last : (definitions.get(command.definition) ?? '');
      plans.push({ file, line: command.line, text, invokes: [] });
    } else if (command.type === 'invoke') plans.at(-1)?.invokes.push(command);
  }
  return plans;
}

let number = 0;

/** @param {string} work @param {string} text @returns {Promise<{path: string, bytes: Uint8Array} | string>} or why it is no binary */
async function assemble(work, text) {
  try {
    const folder = join(work, String(number++));
    mkdirSync(folder);
    const path = join(folder, 'component.wasm');
    const bytes = await parse(text);
    writeFileSync(path, bytes);
    return { path, bytes };
  } catch (error) {
    return `the text is not accepted: ${shorten(String(error instanceof Error ? error.message : error))}`;
  }
}

/** @param {string} work @param {Plan} plan @returns {Promise<readonly Result[]>} */
async function runInstance(work, { file, line, text, invokes }) {
  const made = await assemble(work, text);
  if (typeof made === 'string') {
    return invokes.map((invoke) => ({
      ...nameOf(file, invoke),
      outcome: 'not started',
      message: made,
      broken: false,
    }));
  }
  const [calls, record] = [`${made.path}.calls`, `${made.path}.json`];
  writeFileSync(
    calls,
    invokes.map(({ field, args }) => `${field}(${args.map(waveOf).join(', ')})\n`).join(''),
  );
  const ended = await run(['call', made.path, '--calls', calls, '--json', record, '--timeout', callLimit], {
    limitMs,
  });
  const broken = ended.hung || ended.status === null;
  const component = made.bytes;
  if (broken) {
    const message = ended.hung ? 'hung' : `crashed: ${ended.signal ?? ''}`;
    const names = invokes.length > 0 ? invokes.map((each) => nameOf(file, each)) : [started(file, line)];
    return names.map((name) => ({ ...name, outcome: 'wrong', message, broken, component }));
  }
  const outcomes = outcomesOf(record, ended);
  if (invokes.length === 0) {
    const outcome = outcomes.state === 'ready' ? 'right' : 'not started';
    return [{ ...started(file, line), outcome, message: outcomes.message, broken, component }];
  }
  return invokes.map((invoke, index) => ({
    ...nameOf(file, invoke),
    ...verdict(invoke, index, outcomes),
    broken,
    component,
  }));
}

/** @param {string} file @param {number} line */
function started(file, line) {
  return { suite: 'starts', name: `${file}:${line}` };
}

/** @param {string} file @param {Invoke} invoke */
function nameOf(file, { line, expected }) {
  const suite = expected === 'trap' ? 'assert_trap' : expected === 'return' ? 'assert_return' : 'invoke';
  return { suite, name: `${file}:${line}` };
}

/**
 * What the record says of the calls, and their printed results in order.
 * @param {string} record
 * @param {import('./process.mjs').Ended} ended
 */
function outcomesOf(record, { stdout, stderr }) {
  const printed = stdout.split('\n').slice(0, -1);
  const { instances = [], error } = readJson(record);
  const [instance] = instances;
  const calls = (instance?.calls ?? []).map(
    (/** @type {{outcome: string, message: string | null}} */ call) => ({
      ...call,
      result: call.outcome === 'ok' || call.outcome === 'error' ? (printed.shift() ?? '') : null,
    }),
  );
  const why = instance?.message ?? error?.message ?? stderr.trim();
  return { state: instance?.state ?? 'failed', calls, message: shorten(String(why)) };
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * @param {Invoke} invoke
 * @param {number} index
 * @param {ReturnType<typeof outcomesOf>} outcomes
 * @returns {{outcome: Result['outcome'], message: string}}
 */
function verdict({ expected, results, message: wanted }, index, { state, calls, message }) {
  const call = calls[index];
  if (call === undefined) {
    // A trap closes the instance: every later call must trap too.
    if (state === 'trapped' && calls.length > 0) {
      return expected === 'trap'
        ? { outcome: 'right', message: '' }
        : { outcome: 'wrong', message: 'trapped before' };
    }
    return { outcome: calls.length > 0 ? 'wrong' : 'not started', message };
  }
  if (expected === 'trap') {
    if (call.outcome === 'trapped') return { outcome: 'right', message: '' };
    return {
      outcome: 'wrong',
      message: `${call.outcome} ${call.result ?? call.message ?? ''}, a trap was expected: ${wanted}`,
    };
  }
  if (call.result === null) {
    return { outcome: 'wrong', message: `${call.outcome}: ${shorten(call.message ?? '')}` };
  }
  const [first] = results;
  const wave = first === undefined ? '()' : waveOf(first);
  if (expected === 'nothing' || call.result === wave) return { outcome: 'right', message: '' };
  return { outcome: 'wrong', message: `${call.result}, where ${wave} was expected` };
}

/**
 * A component that must be refused, or must trap when it starts.
 * @param {string} work
 * @param {{file: string, command: Extract<Command, {type: 'refused'}>}} each
 * @returns {Promise<Result>}
 */
async function refuse(work, { file, command }) {
  const name = { suite: `assert_${command.expected}`, name: `${file}:${command.line}` };
  const made = await assemble(work, command.text);
  // What the assembler refuses is no binary that anyone could run.
  if (typeof made === 'string') return { ...name, outcome: 'right', message: made, broken: false };
  const calls = `${made.path}.calls`;
  writeFileSync(calls, '');
  const ended = await run(['call', made.path, '--calls', calls, '--timeout', callLimit], { limitMs });
  const broken = ended.hung || ended.status === null;
  const right = ended.status === 2 || ended.status === 134;
  const message = right ? '' : `status ${String(ended.status)}, refusal was expected: ${command.message}`;
  return { ...name, outcome: right && !broken ? 'right' : 'wrong', message, broken, component: made.bytes };
}

/** @param {string} text */
function shorten(text) {
  return text.replace(/\s+/g, ' ').slice(0, 400);
}

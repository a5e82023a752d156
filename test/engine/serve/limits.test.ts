import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../../fixtures';
import { temporaryFolder } from '../../support/temporary-folder';
import { cli } from '../support/cli';
import { eventually, processesOfGroup } from '../support/processes';
import { pause, ServedComponent, until } from './served';

describe('serve', function () {
  this.timeout(90_000);
  let served: ServedComponent | undefined;
  const start = async (name: string, ...args: string[]) => (served = await ServedComponent.start(name, args));
  afterEach(async () => {
    await served?.stop(2);
    served = undefined;
  });

  it('gives each request of WASI 0.2 a fresh instance', async () => {
    const server = await start('handler2');
    const bodies = [];
    for (let time = 0; time < 3; time++) bodies.push((await server.ask('/state')).body);
    assert.deepEqual(bodies, ['1', '1', '1']);
  });

  it('reuses an instance as often as it is told', async () => {
    const server = await start('handler2', '--max-instance-reuse-count', '3');
    const bodies = [];
    for (let time = 0; time < 5; time++) bodies.push((await server.ask('/state')).body);
    assert.deepEqual(bodies, ['1', '2', '3', '1', '2']);
  });

  it('reuses instances of WASI 0.3, and ends them when they are idle', async () => {
    const server = await start('handler3', '--idle-instance-timeout', '200ms');
    const bodies = [(await server.ask('/state')).body, (await server.ask('/state')).body];
    await pause(600);
    bodies.push((await server.ask('/state')).body);
    assert.deepEqual(bodies, ['1', '2', '1']);
  });

  it('ends a request that waits too long with 504, and no other one', async () => {
    const server = await start('handler2', '--request-timeout', '700ms');
    const other = server.ask('/wait?400');
    const { status, body } = await server.ask('/wait?60000');
    assert.equal(status, 504);
    assert.match(body, /made no progress for 0\.7 s/);
    assert.equal((await other).body, 'hello\n');
    assert.equal((await server.ask('/')).body, 'hello\n');
  });

  it('ends a handler that computes without an end, and answers requests beside it', async () => {
    const server = await start('handler2', '--request-timeout', '700ms');
    const spinning = server.ask('/spin');
    await pause(100);
    const others = await Promise.all([1, 2, 3, 4].map(() => server.ask('/')));
    assert.deepEqual(
      others.map(({ body }) => body),
      ['hello\n', 'hello\n', 'hello\n', 'hello\n'],
    );
    assert.equal((await spinning).status, 504);
    assert.equal((await server.ask('/')).body, 'hello\n');
  });

  it('does not count the time of a slow client', async () => {
    const server = await start('handler2', '--request-timeout', '500ms');
    const { socket, text } = server.open();
    socket.write('POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc');
    await pause(1500);
    socket.write('def');
    await until(() => text().includes('6 bytes'));
    socket.destroy();
  });

  it('lets requests wait above the most at once', async () => {
    const server = await start('handler2', '--max-concurrent-requests', '2');
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => server.ask('/wait?200')));
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    assert.deepEqual(statuses, [200, 200, 200, 200, 503]);
  });

  it('serves 1,000 connections at once', async () => {
    const server = await start('handler2');
    const answers = await Promise.all(Array.from({ length: 1000 }, () => server.ask('/wait?50')));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1000);
  });

  it('passes 300 MB on without keeping them, also to a slow client', async () => {
    const server = await start('handler2');
    const slow = server.open();
    slow.socket.write('GET /flood?300 HTTP/1.1\r\nHost: x\r\n\r\n');
    await pause(200);
    slow.socket.pause();
    const fast = server.open();
    let bytes = 0;
    fast.socket.removeAllListeners('data').on('data', (part: Buffer) => (bytes += part.length));
    fast.socket.write('GET /flood?300 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await fast.closed;
    assert.ok(bytes > 300 * 1_048_576, String(bytes));
    const most = Math.max(...processesOfGroup(server.cli.pid).map(residentBytes));
    slow.socket.destroy();
    assert.ok(most < 250 * 1_048_576, `${String(Math.round(most / 1_048_576))} MB`);
  });

  it('hands requests of the guest on with --net', async () => {
    const server = await start('handler2', '--net');
    const { status, body } = await server.ask(`/fetch?${String(server.port)}`);
    assert.deepEqual([status, body], [200, 'hello\n']);
    assert.equal((await server.ask('/fetch?1')).body, 'connection-refused');
  });

  it('gives the guest the environment that it is granted, and its output the own streams', async () => {
    const server = await start('handler2', '--env', 'COLOUR=blue');
    assert.equal((await server.ask('/env')).body, 'COLOUR=blue\n');
    await server.ask('/print');
    await until(() => server.cli.stdout.includes('printed by the guest\n'));
  });

  it('answers with the bare status with --no-error-page', async () => {
    const server = await start('handler2', '--no-error-page');
    const { status, body } = await server.ask('/trap');
    assert.deepEqual([status, body], [500, '']);
  });

  it('lets a rebuilt component take over while requests run', async () => {
    const path = join(temporaryFolder(), 'watched.wasm');
    copyFileSync(fixture('handler2'), path);
    const server = await start(path, '--watch');
    const running = server.ask('/wait?2500');
    copyFileSync(fixture('handler3'), `${path}.new`);
    renameSync(`${path}.new`, path);
    await until(() => server.cli.stderr.includes('was rebuilt'), 30_000);
    const answers = [await server.ask('/state'), await server.ask('/state')];
    assert.deepEqual(
      answers.map(({ body }) => body),
      ['1', '2'],
    );
    assert.equal((await running).body, 'hello\n');
  });

  it('keeps the former build where the new one cannot be served', async () => {
    const path = join(temporaryFolder(), 'watched.wasm');
    copyFileSync(fixture('handler2'), path);
    const server = await start(path, '--watch');
    copyFileSync(fixture('hello'), path);
    await until(() => server.cli.stderr.includes('the former build still answers'), 30_000);
    assert.equal((await server.ask('/')).body, 'hello\n');
  });

  it('waits for requests at Ctrl+C, and writes the record', async () => {
    const record = join(temporaryFolder(), 'record.json');
    const server = await start('handler2', '--json', record);
    await server.ask('/trap');
    const running = server.ask('/wait?800');
    await pause(200);
    const { status, leftBehind } = await server.stop();
    assert.equal((await running).body, 'hello\n');
    assert.deepEqual([status, leftBehind], [130, []]);
    const { totals, requests } = JSON.parse(readFileSync(record, 'utf8')) as {
      totals: unknown;
      requests: { path: string; status: number; failure: string | null }[];
    };
    assert.deepEqual(totals, { requests: 2, errors: 1, instances: 2 });
    assert.deepEqual(
      requests.map(({ path, status, failure }) => [path, status, failure]),
      [
        ['/trap', 500, 'trapped'],
        ['/wait?800', 200, null],
      ],
    );
  });

  it('leaves nothing behind when it is killed', async () => {
    const folder = temporaryFolder();
    const server = await ServedComponent.start('handler2', [], { TMPDIR: folder });
    assert.equal(readdirSync(folder).length, 1);
    server.cli.signal('SIGKILL');
    const { leftBehind } = await server.cli.result;
    assert.deepEqual(leftBehind, []);
    assert.ok(await eventually(() => readdirSync(folder).length === 0, 3000));
  });

  it('goes on when a runner is killed', async () => {
    const server = await start('handler2');
    await server.ask('/');
    const [, ...others] = processesOfGroup(server.cli.pid);
    for (const pid of others) process.kill(pid, 'SIGKILL');
    await pause(50);
    assert.equal((await server.ask('/')).body, 'hello\n');
  });

  it('refuses what it cannot serve', async () => {
    const { status, stderr } = await cli(['serve', fixture('hello')]);
    assert.equal(status, 2);
    assert.match(stderr, /does not export an HTTP handler/);
    const wrong = await cli(['serve', fixture('handler2'), '--addr', 'nowhere']);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /--addr takes an address and a port/);
  });
});

function residentBytes(pid: number): number {
  const path = `/proc/${String(pid)}/status`;
  if (!existsSync(path)) return 0;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1] ?? 0) * 1024;
}

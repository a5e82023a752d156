import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { failedWithoutNetwork } from '../../src/instance/call';
import { describeOutcome } from '../../src/words/outcome';
import { Output, TestEngine } from './harness';

/** Both versions of WASI, each by fixtures that do the same; 0.3 needs a Node with JavaScript Promise Integration. */
const versions = [
  { version: '0.2', sockets: 'sockets', http: 'http', failed: '(exited with 1)' },
  ...('Suspending' in WebAssembly
    ? [{ version: '0.3', sockets: 'async-sockets', http: 'async-http', failed: '(returned an error)' }]
    : []),
];

/** The addresses by which this machine reaches itself; not every one has IPv6. */
const loopbacks = (
  [
    [4, '127.0.0.1'],
    [6, '::1'],
  ] as const
).filter(([, host]) =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host)),
);

const test = new TestEngine();
after(() => test.dispose());

/** Runs a fixture and gives what it printed, with how it ended. `meanwhile` looks at each line that it prints meanwhile. */
async function run(
  name: string,
  network: boolean,
  args: readonly (string | number)[],
  meanwhile: (output: Output) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const output = new Output();
  const profile = { stdin: { type: 'empty' }, network, args: args.map(String), timeoutMs: 20_000 } as const;
  const calling = test.run(await test.start(name, profile, output));
  await meanwhile(output);
  const { ended } = await calling;
  return `${output.stdout}(${describeOutcome(ended!.outcome)})`;
}

/** A server on a port of its own, and what clients sent it. */
interface Listening {
  readonly port: number;
  readonly heard: string[];
  close(): void;
}

const answer = 'hello from the host\n';

async function tcpServer(host: string): Promise<Listening> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => heard.push(bytes.toString('utf8')));
    socket.end(answer);
  });
  await new Promise<void>((listening, failed) => server.on('error', failed).listen(0, host, listening));
  return { port: (server.address() as AddressInfo).port, heard, close: () => server.close() };
}

async function udpServer(): Promise<Listening> {
  const heard: string[] = [];
  const socket = createSocket('udp4', (bytes, { port, address }) => {
    heard.push(bytes.toString('utf8'));
    socket.send(answer, port, address);
  });
  await new Promise<void>((listening) => socket.bind(0, '127.0.0.1', listening));
  return { port: socket.address().port, heard, close: () => socket.close() };
}

async function httpServer(): Promise<Listening> {
  const heard: string[] = [];
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push([request.method, request.url, Buffer.concat(chunks).toString('utf8')].join(' '));
      response.statusCode = request.url === '/none' ? 404 : 200;
      response.end(answer);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { port: (server.address() as AddressInfo).port, heard, close: () => server.close() };
}

/** A port of this machine without a listener. */
async function closedPort(): Promise<number> {
  const server = await tcpServer('127.0.0.1');
  server.close();
  return server.port;
}

for (const { version, sockets, http, failed } of versions) {
  describe(`the network for a guest of WASI ${version}`, () => {
    let server: Listening | undefined;
    afterEach(() => {
      server?.close();
      server = undefined;
    });

    for (const [family, host] of loopbacks) {
      it(`is TCP over IPv${String(family)}, where it was granted`, async () => {
        server = await tcpServer(host);
        const args = ['connect', family, server.port];
        assert.equal(await run(sockets, false, args), `connect: access-denied\n${failed}`);
        assert.deepEqual(server.heard, []);
        assert.equal(await run(sockets, true, args), `answer: ${answer}(returned ok)`);
        assert.deepEqual(server.heard, ['hello from the guest\n']);
      });
    }

    it('tells where a port has no listener', async () => {
      const args = ['connect', 4, await closedPort()];
      assert.equal(await run(sockets, true, args), `connect: connection-refused\n${failed}`);
    });

    it('is listening for others, where it was granted', async () => {
      assert.equal(await run(sockets, false, ['listen']), `bind: access-denied\n${failed}`);
      let client: Socket | undefined;
      let heard = '';
      const printed = await run(sockets, true, ['listen'], async (output) => {
        await output.until('\n');
        client = connect(Number(/listening on (\d+)/.exec(output.stdout)![1]), '127.0.0.1');
        client.on('error', () => undefined);
        client.on('data', (bytes) => (heard += bytes.toString('utf8')));
        client.write(answer);
      });
      client?.destroy();
      assert.match(printed, /^listening on \d+\nanswer: hello from the host\n\(returned ok\)$/);
      assert.equal(heard, 'hello from the guest\n');
    });

    it('is UDP, where it was granted', async () => {
      server = await udpServer();
      const args = ['udp', server.port];
      assert.equal(await run(sockets, false, args), `bind: access-denied\n${failed}`);
      assert.deepEqual(server.heard, []);
      assert.equal(await run(sockets, true, args), `answer: ${answer}(returned ok)`);
      assert.deepEqual(server.heard, ['hello from the guest\n']);
    });

    it('is names, where it was granted', async () => {
      const args = ['resolve', 'localhost'];
      assert.equal(await run(sockets, false, args), `resolve: access-denied\n${failed}`);
      assert.match(await run(sockets, true, args), /^(127\.0\.0\.1|0:\.\.\.:1)\n[^]*\(returned ok\)$/);
    });

    it('is HTTP requests, where it was granted', async () => {
      server = await httpServer();
      const authority = `127.0.0.1:${String(server.port)}`;
      const denied = `request: HTTP-request-denied\n${failed}`;
      assert.equal(await run(http, false, [authority, '/some?q=1']), denied);
      assert.equal(await run(http, false, [authority, '/post', 'a text']), denied);
      assert.deepEqual(server.heard, []);
      assert.equal(await run(http, true, [authority, '/some?q=1']), `status 200\n${answer}(returned ok)`);
      assert.equal(await run(http, true, [authority, '/none']), `status 404\n${answer}(returned ok)`);
      assert.equal(
        await run(http, true, [authority, '/post', 'a text']),
        `status 200\n${answer}(returned ok)`,
      );
      assert.deepEqual(server.heard, ['GET /some?q=1 ', 'GET /none ', 'POST /post a text']);
    });

    it('is noted with a call that failed without it', async () => {
      const missed = async (name: string, network: boolean, args: readonly string[]) => {
        const instance = await test.start(name, { stdin: { type: 'empty' }, network, args });
        return failedWithoutNetwork(await test.run(instance));
      };
      assert.equal(await missed(sockets, false, ['connect', '4', '1']), true);
      assert.equal(await missed(http, false, ['127.0.0.1:1', '/']), true);
      assert.equal(await missed(sockets, true, ['connect', '4', '1']), false);
      assert.equal(await missed(http, true, ['127.0.0.1:1', '/']), false);
    });

    it('tells where a request is not answered', async () => {
      const printed = await run(http, true, [`127.0.0.1:${String(await closedPort())}`, '/']);
      assert.equal(printed.replace(/^re(quest|sponse)/, ''), `: connection-refused\n${failed}`);
    });
  });
}

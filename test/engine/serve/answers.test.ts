import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { pause, ServedComponent, until } from './served';

// The handler of 0.3 waits inside of functions on some paths, which jco cannot let overlap with other calls of one instance.
const oneAtATime = ['--max-instance-concurrent-reuse-count', '1'];

for (const [version, name, args] of [
  ['0.2', 'handler2', []],
  ['0.3', 'handler3', oneAtATime],
] as const) {
  describe(`serve, WASI ${version}`, function () {
    this.timeout(60_000);
    let served: ServedComponent;
    before(async () => {
      served = await ServedComponent.start(name, args);
    });
    after(async () => {
      const { leftBehind } = await served.stop(2);
      assert.deepEqual(leftBehind, []);
    });
    const bodyOf = async (path: string) => (await served.ask(path)).body;

    it('answers', async () => {
      const { status, body, whole } = await served.ask('/');
      assert.deepEqual({ status, body, whole }, { status: 200, body: 'hello\n', whole: true });
    });

    it('hands the method, the path, the authority and the headers to the handler', async () => {
      const headers = { host: 'example.test:81', 'X-Twice': ['a', 'b'], 'x-latin': 'caf\u00e9' };
      const { body } = await served.ask('/about?x=1', { method: 'OPTIONS', headers });
      assert.equal(body, 'options /about?x=1 example.test:81\nx-twice=a\nx-twice=b\nx-latin=caf\u00e9\n');
    });

    it('takes the authority from the first line where it is there', async () => {
      const { socket, text } = served.open();
      socket.write('GET http://other.test/about HTTP/1.1\r\nHost: ignored\r\nConnection: close\r\n\r\n');
      await until(() => text().includes('get /about other.test\n'));
    });

    it('answers HEAD without a body', async () => {
      const { status, body, whole } = await served.ask('/exact', { method: 'HEAD' });
      assert.deepEqual({ status, body, whole }, { status: 200, body: '', whole: true });
    });

    it('answers 204 and 304 without a body, on a connection that is kept', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const statuses = [];
      for (const path of ['/204', '/304', '/']) statuses.push((await served.ask(path, { agent })).status);
      agent.destroy();
      assert.deepEqual(statuses, [204, 304, 200]);
    });

    it('answers with no body where the handler takes none', async () => {
      const { status, body, whole } = await served.ask('/empty');
      assert.deepEqual({ status, body, whole }, { status: 200, body: '', whole: true });
    });

    it('keeps repeated headers apart, and bytes as they are', async () => {
      const { headers } = await served.ask('/cookies');
      assert.deepEqual(headers['set-cookie'], ['a=1', 'b=2']);
      assert.equal(headers['x-latin'], 'caf\u00e9');
    });

    it('passes 500 headers on', async () => {
      const { raw } = await served.ask('/many');
      assert.equal(raw.filter((each) => each === 'x-many').length, 500);
    });

    it('refuses forbidden and invalid headers', async () => {
      assert.equal(
        await bodyOf('/fields'),
        'ok\nforbidden\nforbidden\nforbidden\ninvalid-syntax\ninvalid-syntax\ninvalid-syntax\nok\n',
      );
    });

    it('passes trailers on, both ways', async () => {
      assert.deepEqual((await served.ask('/trailers')).trailers, { 'x-after': 'done' });
      const { socket, text } = served.open();
      socket.write('POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: X-End\r\n\r\n');
      socket.write('5\r\nabcde\r\n0\r\nX-End: yes\r\n\r\n');
      await until(() => text().includes('x-end=yes'));
      assert.match(text(), /5 bytes/, text());
      socket.destroy();
    });

    it('echoes a body of a megabyte', async () => {
      const body = Buffer.alloc(1_000_000, 'abcdefghij');
      const answer = await served.ask('/echo', { method: 'POST', body });
      assert.equal(answer.body, body.toString('latin1'));
    });

    it('passes the parts of an answer on as they come', async () => {
      const { socket, text } = served.open();
      socket.write('GET /slowly?600 HTTP/1.1\r\nHost: x\r\n\r\n');
      await until(() => text().includes('first'));
      assert.doesNotMatch(text(), /second/);
      await until(() => text().includes('second'));
      socket.destroy();
    });

    it('answers 500 where the handler answers with an error code', async () => {
      const { status, body } = await served.ask('/error');
      assert.equal(status, 500);
      assert.match(body, /answered with the error internal-error: <b>broken<\/b>/);
    });

    it('answers 500 where the handler returns without an answer', async () => {
      const { status, body } = await served.ask('/no-response');
      assert.equal(status, 500);
      assert.match(body, /returned without an answer/);
    });

    it('answers 500 where the handler traps, and the next request as before', async () => {
      const { status, body } = await served.ask('/trap');
      assert.equal(status, 500);
      assert.match(body, /The handler trapped: wasm `unreachable` instruction executed/);
      assert.equal(await bodyOf('/'), 'hello\n');
    });

    it('answers 500 where the handler exits, and the next request as before', async () => {
      const { status, body } = await served.ask('/exit');
      assert.equal(status, 500);
      assert.match(body, /exited with status 1/);
      assert.equal(await bodyOf('/'), 'hello\n');
    });

    it('cuts an answer off behind what was written where the handler traps in its middle', async () => {
      const { status, body, whole } = await served.ask('/trap-middle');
      assert.deepEqual({ status, body, whole }, { status: 200, body: 'first part\n', whole: false });
      await until(() => served.cli.stderr.includes(`${name}.c:`));
    });

    it('cuts an answer off that is shorter or longer than its content-length', async () => {
      const short = await served.ask('/short');
      assert.deepEqual([short.body, short.whole], ['sixsix', false]);
      const long = await served.ask('/long').catch(() => ({ whole: false }));
      assert.equal(long.whole, false);
      assert.equal((await served.ask('/exact')).body, '0123456789');
      assert.match(served.cli.stderr, /wrote 6 bytes, and its content-length says 100/);
    });

    it('answers early while the body still comes', async () => {
      const { socket, text } = served.open();
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nbeginning');
      await until(() => text().includes('hello'));
      socket.destroy();
      assert.equal(await bodyOf('/'), 'hello\n');
    });

    it('serves on where clients leave in a wait, in an upload and in an answer', async () => {
      for (const head of ['GET /wait?400', 'POST /count', 'GET /slowly?400']) {
        const { socket } = served.open();
        socket.write(`${head} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npart`);
        await pause(100);
        socket.destroy();
      }
      assert.equal(await bodyOf('/'), 'hello\n');
    });

    it('says 100-continue to a client that waits for it', async () => {
      const { socket, text } = served.open();
      socket.write('POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n');
      await until(() => text().includes('100 Continue'));
      socket.write('abc');
      await until(() => text().includes('3 bytes'));
      socket.destroy();
    });

    it('answers pipelined requests in their order', async () => {
      const { socket, text } = served.open();
      const line = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
      socket.write(line('/wait?200') + line('/404'));
      await until(() => text().includes('404 Not Found'));
      assert.match(text(), /^HTTP\/1\.1 200 OK[^]*hello[^]*HTTP\/1\.1 404/);
      socket.destroy();
    });

    it('refuses what is not HTTP, and heads that are too long', async () => {
      const broken = served.open();
      broken.socket.write('what is this\r\n\r\n');
      await broken.closed;
      assert.match(broken.text(), /^HTTP\/1\.1 400/);
      const { status } = await served.ask('/', { headers: { 'x-long': 'x'.repeat(80_000) } });
      assert.equal(status, 431);
    });

    it('shows a page to browsers that nothing of the guest can script', async () => {
      const { headers, body } = await served.ask('/error', { headers: { accept: 'text/html,*/*' } });
      assert.match(headers['content-type'] ?? '', /^text\/html/);
      assert.match(headers['content-security-policy']?.toString() ?? '', /default-src 'none'/);
      assert.match(body, /&lt;b&gt;broken&lt;\/b&gt;/);
      assert.doesNotMatch(body, /<b>|<script/);
    });

    it('does not let the guest send requests without --net', async () => {
      const { status, body } = await served.ask(`/fetch?${String(served.port)}`);
      assert.deepEqual([status, body], [502, 'denied']);
    });

    it('answers requests that wait at the same time', async () => {
      const before = performance.now();
      await Promise.all(Array.from({ length: 16 }, () => served.ask('/wait?1000')));
      const tookMs = performance.now() - before;
      assert.ok(tookMs < 8000, `${String(tookMs)} ms, where one after the other takes 16000`);
    });
  });
}

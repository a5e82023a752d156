import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Output, TestEngine } from '../harness';
import { outcomeOf, stateOf } from '../hostile/arena';
import { onWasmtime, placesFor } from '../support/wasmtime';

onWasmtime('the network', (program) => {
  const test = new TestEngine({ wasmtime: () => placesFor(program) });
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end('hello from the host\n');
  });
  let authority: string;

  before(async () => {
    await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
    authority = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  after(async () => {
    server.close();
    await test.dispose();
  });

  for (const name of ['http', 'async-http'] as const) {
    it(`is there for requests of ${name}.wasm where it is granted, and only there`, async () => {
      heard.length = 0;
      const start = (network: boolean, output = new Output()) =>
        test.start(
          name,
          { engine: 'wasmtime', stdin: { type: 'empty' }, network, args: [authority, '/some?q=1'] },
          output,
        );
      assert.match(stateOf(await start(false)), /^failed: it imports wasi:http/);
      assert.deepEqual(heard, []);
      const output = new Output();
      const { ended } = await test.run(await start(true, output));
      assert.equal(outcomeOf(ended!.outcome), 'returned ok');
      assert.equal(output.stdout, 'status 200\nhello from the host\n');
      assert.deepEqual(heard, ['/some?q=1']);
    });
  }
});

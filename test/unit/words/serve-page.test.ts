import assert from 'node:assert/strict';
import type { FailureFacts } from '../../../src/serve/failure';
import { failurePage } from '../../../src/words/serve-page';

const facts: FailureFacts = {
  failure: {
    type: 'trapped',
    trap: { kind: 'unreachable' },
    frames: [
      {
        func: '<script>alert(1)</script>',
        funcIndex: 3,
        module: 0,
        offset: 16,
        source: { file: 'a.c', line: 7 },
      },
    ],
  },
  file: 'shop.wasm',
  request: { number: 4, method: 'GET', path: '/"><img src=x>' },
  instance: { number: 2, nth: 3 },
  networkDenied: false,
};

describe('the page of a failure', () => {
  it('is text where the client does not ask for HTML', () => {
    const { contentType, body } = failurePage(facts, '*/*');
    assert.equal(contentType, 'text/plain; charset=utf-8');
    assert.match(body, /^500 The handler trapped: wasm `unreachable` instruction executed\.\n/);
    assert.match(body, /request 4, number 3 of instance 2: GET/);
    assert.match(body, /at a\.c:7 \(0x10\)/);
  });

  it('is HTML for browsers, with all texts of guest and client escaped', () => {
    const { contentType, body } = failurePage(facts, 'text/html,application/xhtml+xml');
    assert.equal(contentType, 'text/html; charset=utf-8');
    assert.doesNotMatch(body, /<script|<img/);
    assert.match(body, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  });
});

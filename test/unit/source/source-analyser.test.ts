import assert from 'node:assert/strict';
import type { AnalysedDocument } from '../../../src/source/source-analyser';
import { SourceAnalyser } from '../../../src/source/source-analyser';
import { distFile } from '../../support/built';

const workerFile = distFile('source-worker.js');
const program = "import { run } from './hello/hello.js';\nrun.run();\nrun.run();\n";

function document(version: number, text: string) {
  return { id: 'a', version, languageId: 'javascript', text: () => text };
}

/** The next answer. */
function next(analyser: SourceAnalyser): Promise<AnalysedDocument> {
  return new Promise((done, fail) => {
    const found = analyser.onFound((event) => {
      found.dispose();
      done(event);
    });
    analyser.onFailed((message) => {
      fail(new Error(message));
    });
  });
}

describe('the source analyser', () => {
  let analyser: SourceAnalyser;

  beforeEach(() => {
    analyser = new SourceAnalyser(workerFile);
  });

  afterEach(() => {
    analyser.dispose();
  });

  it('reports findings after opening and edits, and none after the second run is removed', async () => {
    analyser.open(document(1, program));
    const opened = await next(analyser);
    assert.deepEqual(
      [opened.version, opened.findings.secondRuns.map(({ range }) => range.start.line)],
      [1, [2]],
    );

    analyser.edit(document(2, `\n${program}`), [{ start: 0, end: 0, text: '\n' }]);
    const edited = await next(analyser);
    assert.deepEqual(
      [edited.version, edited.findings.secondRuns.map(({ range }) => range.start.line)],
      [2, [3]],
    );

    analyser.edit(document(3, ''), [{ start: 0, end: program.length + 1, text: '' }]);
    const emptied = await next(analyser);
    assert.deepEqual([emptied.version, emptied.findings.secondRuns], [3, []]);
  });

  it('reports only for the last of several edits in a row', async () => {
    analyser.open(document(1, program));
    for (let version = 2; version <= 5; version += 1) {
      analyser.edit(document(version, program), [{ start: 0, end: 0, text: '\n' }]);
    }
    const { version, findings } = await next(analyser);
    assert.deepEqual([version, findings.secondRuns.map(({ range }) => range.start.line)], [5, [6]]);
  });

  it('analyses a document as soon as an edit makes it matter', async () => {
    analyser.open(document(1, 'const a = 1;'));
    analyser.edit(document(2, program), [{ start: 0, end: 12, text: program }]);
    assert.equal((await next(analyser)).version, 2);
  });

  it('starts a new thread after the last document was closed', async () => {
    analyser.open(document(1, program));
    await next(analyser);
    analyser.close('a');
    analyser.open(document(7, program));
    assert.equal((await next(analyser)).version, 7);
  });

  it('reports a missing worker file', async () => {
    const broken = new SourceAnalyser(distFile('no-such-worker.js'));
    const failed = new Promise<string>((done) => broken.onFailed(done));
    broken.open(document(1, program));
    assert.match(await failed, /no-such-worker/);
    broken.dispose();
  });
});

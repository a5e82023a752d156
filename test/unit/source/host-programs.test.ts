import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SecondRunFinding } from '../../../src/source/host/host-findings';
import { withEdits } from './edits';
import { findIn, isWellFormed } from './support';

/** A line with this in a comment holds a second run; a program without it is a look-alike without one. */
const mark = 'second run here';

const folder = join('test', 'fixtures', 'host-programs');

interface Program {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
  readonly marked: readonly number[];
}

const programs: readonly Program[] = readdirSync(folder).flatMap((languageId) =>
  readdirSync(join(folder, languageId)).map((file): Program => {
    const text = readFileSync(join(folder, languageId, file), 'utf8');
    const marked = text.split('\n').flatMap((line, index) => (line.includes(mark) ? [index] : []));
    return { name: `${languageId}/${basename(file)}`, languageId, text, marked };
  }),
);

async function secondRuns({
  languageId,
  text,
}: Pick<Program, 'languageId' | 'text'>): Promise<readonly SecondRunFinding[]> {
  return (await findIn(languageId, text)).secondRuns;
}

describe('second runs in host programs', () => {
  it('has at least 60 programs, with 10 that trap and 8 look-alikes in each family of languages', () => {
    assert.ok(programs.length >= 60, `${programs.length} programs`);
    for (const family of [['javascript', 'typescript'], ['rust'], ['python']]) {
      const own = programs.filter(({ languageId }) => family.includes(languageId));
      assert.ok(own.filter(({ marked }) => marked.length > 0).length >= 10, family.join());
      assert.ok(own.filter(({ marked }) => marked.length === 0).length >= 8, family.join());
    }
  });

  it('finds every second run and raises no false alarm', async () => {
    const table: Record<string, { trapping: number; found: number; innocent: number; alarms: number }> = {};
    for (const program of programs) {
      const row = (table[program.languageId] ??= { trapping: 0, found: 0, innocent: 0, alarms: 0 });
      const lines = (await secondRuns(program)).map(({ range }) => range.start.line);
      row[program.marked.length > 0 ? 'trapping' : 'innocent'] += 1;
      if (program.marked.length > 0 && program.marked.every((line) => lines.includes(line))) row.found += 1;
      row.alarms += lines.filter((line) => !program.marked.includes(line)).length;
    }
    assert.deepEqual(table, {
      javascript: { trapping: 37, found: 37, innocent: 35, alarms: 0 },
      python: { trapping: 14, found: 14, innocent: 15, alarms: 0 },
      rust: { trapping: 18, found: 18, innocent: 18, alarms: 0 },
      typescript: { trapping: 6, found: 6, innocent: 5, alarms: 0 },
    });
  });

  for (const program of programs.filter(({ marked }) => marked.length === 0)) {
    it(`no alarm in ${program.name}`, async () => {
      assert.deepEqual(
        (await secondRuns(program)).map(({ range }) => range.start.line + 1),
        [],
      );
    });
  }

  for (const program of programs.filter(({ marked }) => marked.length > 0)) {
    it(`the second run in ${program.name}`, async () => {
      assert.deepEqual(
        (await secondRuns(program)).map(({ range }) => range.start.line + 1),
        program.marked.map((line) => line + 1),
      );
    });
  }

  it('proposes rewrites that are well-formed and remove the second run', async () => {
    let rewritten = 0;
    for (const program of programs) {
      for (const { rewrite } of await secondRuns(program)) {
        if (rewrite === undefined) continue;
        rewritten += 1;
        const text = withEdits(program.text, rewrite.edits);
        assert.ok(await isWellFormed(program.languageId, text), `${program.name}:\n${text}`);
        assert.deepEqual(await secondRuns({ ...program, text }), [], `${program.name}:\n${text}`);
      }
    }
    assert.ok(rewritten >= 30, `${rewritten} rewritten`);
  });
});

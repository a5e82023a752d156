import assert from 'node:assert/strict';
import type { KnownComponent } from '../../../src/editor/components/known-component';
import {
  canServe,
  rankComponents,
  type RankingContext,
} from '../../../src/editor/components/component-ranking';
import { buildOf } from '../instance/support';

const nothing: RankingContext = { purpose: 'any', current: [], isLive: () => false, usedAgo: () => Infinity };
const all = [
  component('app'),
  component('lib', null),
  component('tool'),
  problem('broken'),
  component('zoo'),
];

describe('the order in which components are offered', () => {
  it('is by name where nothing else is known, files that are no components last', () => {
    assert.deepEqual(order({}), ['app', 'lib', 'tool', 'zoo', 'broken']);
    const numbered = [component('app10'), component('app9')];
    assert.deepEqual(
      rankComponents(numbered, nothing).map(({ name }) => name),
      ['app9', 'app10'],
    );
  });

  it('has those that were used last before others', () => {
    assert.deepEqual(order({ usedAgo: agoIn('zoo', 'lib') }), ['zoo', 'lib', 'app', 'tool', 'broken']);
  });

  it('has those with live instances before those', () => {
    const context = { isLive: isOneOf('lib', 'tool'), usedAgo: agoIn('zoo', 'tool') };
    assert.deepEqual(order(context), ['tool', 'lib', 'zoo', 'app', 'broken']);
  });

  it('has that of the editor and that of the selected row before all', () => {
    const context = { current: ['/w/zoo', undefined], isLive: isOneOf('lib'), usedAgo: agoIn('tool') };
    assert.deepEqual(order(context), ['zoo', 'lib', 'tool', 'app', 'broken']);
  });

  it('has a file that a build is writing among the components', () => {
    const late = problem('late', true);
    assert.deepEqual(
      rankComponents([problem('broken'), late, component('tool')], nothing).map(({ name }) => name),
      ['late', 'tool', 'broken'],
    );
    assert.equal(canServe(late, 'run'), true);
    assert.equal(canServe(problem('broken'), 'run'), false);
  });

  it('has libraries last where one is to be run, even the current one', () => {
    const context = { current: ['/w/lib', '/w/broken'], isLive: isOneOf('lib', 'zoo') };
    assert.deepEqual(order({ ...context, purpose: 'run' }), ['zoo', 'app', 'tool', 'lib', 'broken']);
    assert.deepEqual(order({ ...context, purpose: 'any' }), ['lib', 'zoo', 'app', 'tool', 'broken']);
  });
});

function order(context: Partial<RankingContext>): readonly string[] {
  return rankComponents(all, { ...nothing, ...context }).map(({ name }) => name);
}

function isOneOf(...names: readonly string[]): (path: string) => boolean {
  return (path) => names.includes(path.slice('/w/'.length));
}

/** The names were used in this order, the last one first. */
function agoIn(...names: readonly string[]): (path: string) => number {
  return (path) => {
    const ago = names.indexOf(path.slice('/w/'.length));
    return ago < 0 ? Infinity : ago;
  };
}

function component(name: string, entry: string | null = 'wasi:cli/run@0.2.0'): KnownComponent {
  const path = `/w/${name}`;
  const content = {
    type: 'component',
    build: buildOf(path),
    summary: {
      kind: 'component',
      imports: [],
      exports: [],
      runExports: [],
      entry,
      entryIsAsync: false,
      producers: [],
      hasDebugInfo: false,
    },
    finding: { type: 'no-run' },
    unsupported: [],
    sources: [],
  } as const;
  return { path, name, content };
}

function problem(name: string, beingBuilt = false): KnownComponent {
  const content = { type: 'problem', error: { code: 'empty', path: '/w/x.wasm' } } as const;
  return { path: `/w/${name}`, name, content: { ...content, ...(beingBuilt ? { beingBuilt } : {}) } };
}

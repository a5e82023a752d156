// @ts-check
// The arrows between the rooms, over the resolved import graph (lint sees one file at a time), and that the graph was seen at all.
import { cruise } from 'dependency-cruiser';
import { root } from './setup/paths.mjs';

/** What each room must not reach. */
const forbidden = [
  ['base', 'src/(?!base/)'],
  ['component', 'src/(?!(base|component)/)'],
  ['reuse', 'src/(?!(base|component|reuse)/)'],
  ['source', 'src/(?!(base|component|source)/)'],
  ['instance', 'src/(?!(base|component|reuse|instance)/)'],
  ['engine', 'src/(?!(base|component|reuse|instance|engine)/)'],
  ['runner', 'src/(?!(base|component|runner)/|engine/wire)'],
  ['cli', 'src/(editor|runner|source)/'],
  ['editor', 'src/(cli|runner)/'],
].map(([room, path]) => ({
  name: `${room} keeps to its arrows`,
  severity: /** @type {const} */ ('error'),
  from: { path: `^src/${room}/` },
  to: { path: `^${path}` },
}));

const { output } = await cruise(
  ['src'],
  {
    baseDir: root,
    ruleSet: {
      forbidden: [
        ...forbidden,
        {
          name: 'no cycles',
          severity: 'error',
          from: {},
          to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
        },
        {
          name: 'everything resolves',
          severity: 'error',
          from: {},
          to: { couldNotResolve: true, pathNot: '^vscode$' },
        },
      ],
    },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
  { extensions: ['.ts', '.js', '.json'] },
);
if (typeof output === 'string') throw new Error('dependency-cruiser gave text where a result was expected');
const { summary, modules } = output;
const ours = modules.filter(({ source }) => source.startsWith('src/')).length;
for (const { rule, from, to } of summary.violations) process.stderr.write(`${rule.name}: ${from} -> ${to}\n`);
process.stdout.write(`${ours} modules seen\n`);
if (summary.error > 0 || ours < 10) process.exitCode = 1;

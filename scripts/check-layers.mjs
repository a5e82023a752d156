// @ts-check
// Checks the arrows between the rooms in the resolved import graph (lint sees one file at a time), and that the graph is not empty.
import { cruise } from 'dependency-cruiser';
import { folderCycles } from './folder-cycles.mjs';
import { forbiddenTo, rooms } from './rooms.mjs';
import { root } from './setup/paths.mjs';

const forbidden = [
  ...rooms.map((room) => ({
    name: `${room} keeps to its arrows`,
    severity: /** @type {const} */ ('error'),
    from: { path: `^src/${room}/` },
    to: { path: `^src/(${[...forbiddenTo(room).map(({ path }) => path), 'extension\\.ts'].join('|')})` },
  })),
];

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
const imports = modules.flatMap(({ source, dependencies }) =>
  dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
);
const cycles = folderCycles(imports, 'src/editor');
for (const { from, to } of cycles) process.stderr.write(`cycle between folders: ${from} -> ${to}\n`);
process.stdout.write(`${ours} modules seen\n`);
if (summary.error > 0 || cycles.length > 0 || ours < 10) process.exitCode = 1;

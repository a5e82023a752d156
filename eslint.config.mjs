// @ts-check
import tseslint from 'typescript-eslint';

/** The rooms that each room may import from, besides itself. base imports nothing. The arrows are those of ARCHITECTURE.md. */
const arrows = {
  base: [],
  component: ['base'],
  reuse: ['base', 'component'],
  source: ['base', 'component'],
  instance: ['base', 'component', 'reuse'],
  engine: ['base', 'component', 'reuse', 'instance'],
  runner: ['base', 'component', 'engine/wire'],
  editor: ['base', 'component', 'reuse', 'source', 'instance', 'engine'],
  cli: ['base', 'component', 'reuse', 'instance', 'engine'],
};
const rooms = Object.keys(arrows);

export default tseslint.config(
  {
    ignores: [
      'eslint.config.mjs',
      'dist',
      'out',
      '.cache',
      '.vscode-test',
      'node_modules',
      'samples',
      'test/fixtures/src',
      'test/fixtures/host-programs',
      'scripts/test-reporter.cjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...rooms.map((room) => ({
    files: [`src/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...rooms
              .filter((other) => other !== room && !arrows[room].includes(other))
              .map((other) => ({
                // A room that may see part of another (`engine/wire`) is kept to that part.
                regex: `^(\\.\\./)+${other}/${
                  arrows[room].some((allowed) => allowed.startsWith(`${other}/`)) ? '(?!wire)' : ''
                }`,
                message: `${room} does not import from ${other} (see ARCHITECTURE.md).`,
              })),
            ...(room === 'editor'
              ? []
              : [{ regex: '^vscode$', message: 'Only src/editor and src/extension.ts know vscode.' }]),
          ],
        },
      ],
    },
  })),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    rules: {
      'no-restricted-syntax': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
);

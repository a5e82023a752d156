// @ts-check
import tseslint from 'typescript-eslint';
import { forbiddenTo, rooms } from './scripts/rooms.mjs';

const exportByName = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };

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
      'no-restricted-syntax': ['error', exportByName],
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
            ...forbiddenTo(room).map(({ room: other, path }) => ({
              regex: `^(\\.\\./)+${path}`,
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
    files: ['src/**/*.ts'],
    ignores: ['src/editor/common/notify.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        exportByName,
        {
          selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
          message: 'Use notify (src/editor/common/notify.ts): it shows links in a message as plain text.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', 350],
      'max-lines-per-function': ['error', 60],
    },
  },
  {
    // The machine's dispatch loop: one switch over all opcodes, in a method so that its cases share the frame's locals.
    // Cases in functions of their own would make each step slower, and none is long.
    files: ['src/reuse/machine/execution.ts'],
    rules: { 'max-lines-per-function': ['error', 150] },
  },
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

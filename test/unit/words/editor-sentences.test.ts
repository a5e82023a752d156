import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Literals with words that are no sentences for users: where they are, how they begin, and what they are. */
const allowed: readonly { readonly file: string; readonly start: string; readonly what: string }[] = [
  { file: 'common/ids.ts', start: 'Fresh Instance', what: 'the name of the product' },
  { file: 'debug/trap-stop.ts', start: 'error instanceof ', what: 'a condition in JavaScript for js-debug' },
  { file: 'debug/trap-stop.ts', start: 'Maximum call stack', what: 'a message of V8' },
  { file: 'pages/author-advice.ts', start: '__attribute__', what: 'code in C' },
  { file: 'pages/author-advice.ts', start: 'const seen', what: 'code in JavaScript' },
  { file: 'pages/static-page.ts', start: "default-src 'none'", what: 'a content security policy' },
  { file: 'pages/page-editor.ts', start: "default-src 'none'", what: 'a content security policy' },
  { file: 'pages/engines-style.ts', start: '\ntable.engines', what: 'CSS' },
  { file: 'pages/explain-style.ts', start: '\nbody {', what: 'CSS' },
];

describe('sentences of the editor', () => {
  const found = editorFiles().flatMap((file) =>
    sentencesIn(readFileSync(join('src', file), 'utf8')).map((text) => ({
      file: file.replace(/^editor\//, ''),
      text,
    })),
  );

  it('are made in src/words, where they are translated', () => {
    const wrong = found.filter(
      ({ file, text }) => !allowed.some((each) => each.file === file && text.startsWith(each.start)),
    );
    assert.deepEqual(wrong, []);
  });

  it('are not excepted where there is none any more', () => {
    const unused = allowed.filter(
      (each) => !found.some(({ file, text }) => each.file === file && text.startsWith(each.start)),
    );
    assert.deepEqual(unused, []);
  });

  it('are found in strings, templates and markup', () => {
    const source = [
      "notify.error('It went wrong.');",
      'notify.error(`${name} could not start: ${why}`);',
      'notify.info(`Show Line`);',
      'const page = \'<p class="verdict large">It traps</p>\';',
    ].join('\n');
    assert.deepEqual(sentencesIn(source), [
      'It went wrong.',
      '… could not start: …',
      'Show Line',
      '<p class="verdict large">It traps</p>',
    ]);
  });

  it('are not keys, markup without text, or lines of the log', () => {
    const source = [
      "import { a } from './two words';",
      "const id = 'freshInstance.runAgain';",
      'const row = `<tr class="wide row"><td>${value}</td></tr>`;',
      'parts.log.warn(`${path} could not be probed: ${error}`);',
      'log(`looking through sources: ${message}`);',
    ].join('\n');
    assert.deepEqual(sentencesIn(source), []);
  });
});

/** The files of the editor, as paths in src with slashes. */
function editorFiles(): readonly string[] {
  const files = readdirSync('src/editor', { recursive: true, encoding: 'utf8' });
  assert.ok(files.length > 50, 'the files of the editor are there');
  return ['extension.ts', ...files.map((file) => `editor/${file.replaceAll('\\', '/')}`)].filter((file) =>
    file.endsWith('.ts'),
  );
}

/** Literals with two or more English words. `…` stands for the values in a template. */
function sentencesIn(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || isLogCall(node)) return;
    const text = textOf(node);
    if (text !== undefined && wordCount(text) > 1) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
}

/** Whether this is `log(…)`, `log.warn(…)` or the like: the log is for developers, and in English. */
function isLogCall(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const { expression: callee } = node;
  if (ts.isIdentifier(callee)) return callee.text === 'log';
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { expression: owner } = callee;
  return (
    (ts.isIdentifier(owner) || ts.isPropertyAccessExpression(owner)) && /(^|\.)#?log$/.test(nameOf(owner))
  );
}

function nameOf(node: ts.Identifier | ts.PropertyAccessExpression): string {
  return ts.isIdentifier(node) ? node.text : node.name.text;
}

function wordCount(text: string): number {
  return text
    .replace(/<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter((token) => /^["'(]*[A-Za-z][a-z’'-]*[.,:;?!)"']*$/.test(token)).length;
}

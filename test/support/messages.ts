import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** One call of `t` in the sources. */
export interface Message {
  /** The English message, which is also the key of its translations; null where it is not a literal. */
  readonly key: string | null;
  /** Where the call is, as `src/words/outcome.ts:12`. */
  readonly place: string;
  /** What is wrong with the call; empty where nothing is. */
  readonly faults: readonly string[];
}

/** Every call of `t` in the TypeScript files below a folder, in the order of files and lines. */
export function messagesIn(folder: string): readonly Message[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => messagesOf(join(folder, name), readFileSync(join(folder, name), 'utf8')));
}

/** Every call of `t` in a source text. */
export function messagesOf(file: string, text: string): readonly Message[] {
  // Most sources have none; to take them all apart would take seconds.
  if (!/\bt\(/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const messages: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      messages.push({ ...messageOf(node), place: `${file}:${String(line)}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return messages;
}

/** The names in a message's placeholders, each once: `0` and `1`, or `file`. */
export function placeholdersOf(message: string): readonly string[] {
  return [...new Set([...message.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))];
}

function messageOf({ arguments: given }: ts.CallExpression): Pick<Message, 'key' | 'faults'> {
  const [first, ...values] = given;
  if (first === undefined || !ts.isStringLiteralLike(first))
    return { key: null, faults: ['the message is not a string literal'] };
  const key = first.text;
  return { key, faults: faultsOf(placeholdersOf(key), values) };
}

function faultsOf(placeholders: readonly string[], values: readonly ts.Expression[]): readonly string[] {
  if (values.some(ts.isSpreadElement)) return ['the values are spread, so they cannot be counted'];
  const [only] = values;
  if (only !== undefined && ts.isObjectLiteralExpression(only))
    return values.length > 1
      ? ['values follow the named ones']
      : namedFaults(
          placeholders,
          only.properties.map(({ name }) => name?.getText() ?? '...'),
        );
  const expected = values.map((_, index) => String(index));
  return placeholders.toSorted().join() === expected.toSorted().join()
    ? []
    : [`the placeholders are {${placeholders.join('}, {')}}, the values ${String(values.length)}`];
}

function namedFaults(placeholders: readonly string[], names: readonly string[]): readonly string[] {
  return [
    ...placeholders.filter((name) => !names.includes(name)).map((name) => `{${name}} has no value`),
    ...names.filter((name) => !placeholders.includes(name)).map((name) => `${name} has no placeholder`),
  ];
}

/** Methods that look into a text. */
const looking: ReadonlySet<string> = new Set([
  'includes',
  'startsWith',
  'endsWith',
  'indexOf',
  'search',
  'match',
  'matchAll',
  'replace',
  'replaceAll',
  'split',
]);

const sentenceNames = 'message|reason|why|what|words|headline|advice|nextStep|sentence|clause';

/** Names of properties and variables that hold sentences. */
const sentence = new RegExp(`^(?:${sentenceNames})$`);

/** What a source has that looks into a sentence; others need not be taken apart. */
const looksIntoText = new RegExp(`\\.(?:${[...looking, 'test', 'exec'].join('|')})\\(`);
const namesSentence = new RegExp(`\\b(?:${sentenceNames})\\b`);

/** Where the sources look into a text that goes by the name of a sentence, as `src/a.ts:12: error.message.includes`. */
export function matchesOnSentences(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => matchesIn(join(folder, name), readFileSync(join(folder, name), 'utf8')));
}

/** The same for one source text. */
export function matchesIn(file: string, text: string): readonly string[] {
  if (!namesSentence.test(text) || !looksIntoText.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const looked = ts.isCallExpression(node) ? textLookedInto(node) : undefined;
    if (looked !== undefined && isSentence(looked)) found.push(`${file}: ${looked.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What `text.includes(…)`, `regExp.test(text)` and `regExp.exec(text)` look into. */
function textLookedInto({ expression, arguments: [first] }: ts.CallExpression): ts.Expression | undefined {
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  if (looking.has(expression.name.text)) return expression.expression;
  const isRegExp = expression.name.text === 'test' || expression.name.text === 'exec';
  return isRegExp ? first : undefined;
}

function isSentence(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return sentence.test(node.text);
  return ts.isPropertyAccessExpression(node) && sentence.test(node.name.text);
}

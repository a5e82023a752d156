import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { shellCommand, shellOf } from '../../../src/calls/shell-command';

const call = (text: string) => ['fresh-instance', 'call', 'a b.wasm', text];
/** Calls with all that shells take for theirs. */
const awkward = [
  'greet("you", {polite: true})',
  `say('a', "it's \\"quoted\\" \\\\")`,
  '$1.next()',
  '%none',
  'log("100%", "%PATH%", %some("$HOME"))',
  'say("a & b | c > d ^ e `whoami` ; !x ~ * ?")',
  'say("‘’‚‛")',
  'say("ends with \\\\")',
];

describe('the shell of a terminal', () => {
  const cases: readonly (readonly [program: string, platform: string, shell: string])[] = [
    ['/bin/bash', 'linux', 'posix'],
    ['/usr/bin/fish', 'linux', 'fish'],
    ['/usr/bin/pwsh', 'darwin', 'powershell'],
    ['C:\\Program Files\\PowerShell\\7\\pwsh.exe', 'win32', 'powershell'],
    ['C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', 'win32', 'powershell'],
    ['C:\\Windows\\System32\\CMD.EXE', 'win32', 'cmd'],
    ['C:\\Program Files\\Git\\bin\\bash.exe', 'win32', 'posix'],
    ['', 'win32', 'powershell'],
    ['', 'linux', 'posix'],
  ];
  for (const [program, platform, shell] of cases) {
    it(`is ${shell} for ${program === '' ? 'an unknown program' : program} on ${platform}`, () => {
      assert.equal(shellOf(program, platform), shell);
    });
  }
});

describe('a quoted command line', () => {
  it('is quoted for POSIX shells', () => {
    assert.equal(
      shellCommand(call('greet("you")'), 'posix'),
      `fresh-instance call 'a b.wasm' 'greet("you")'`,
    );
  });

  if (process.platform !== 'win32') {
    it('passes any text through a POSIX shell', () => {
      for (const text of awkward) {
        const line = shellCommand(['printf', '%s', text], 'posix');
        assert.equal(execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' }), text);
      }
    });
  }

  it('is quoted for fish, which reads backslashes in single quotes', () => {
    assert.equal(shellCommand([String.raw`say("it's \\")`], 'fish'), String.raw`'say("it\'s \\\\")'`);
  });

  it('is quoted for PowerShell in a way that works in all versions', () => {
    assert.equal(shellCommand(call('add(1, 2)'), 'powershell'), `fresh-instance call 'a b.wasm' 'add(1, 2)'`);
    assert.equal(
      shellCommand(['fresh-instance', 'call', 'c:\\x\\y.wasm', 'greet("you", {polite: true})'], 'powershell'),
      String.raw`& { $PSNativeCommandArgumentPassing = 'Legacy'; fresh-instance call c:\x\y.wasm 'greet(\"you\", {polite: true})' }`,
    );
    for (const text of awkward) {
      const line = shellCommand(call(text), 'powershell');
      assert.deepEqual(programArguments(passedByPowerShell(line)), call(text), line);
    }
  });

  it('is quoted for cmd, without operators outside of quotes', () => {
    assert.equal(
      shellCommand(['fresh-instance', 'call', 'c:\\x\\y.wasm', 'greet("you", 5)'], 'cmd'),
      'fresh-instance call c:\\x\\y.wasm "greet(""you"", 5)"',
    );
    for (const text of awkward) {
      const line = shellCommand(call(text), 'cmd');
      assert.deepEqual(programArguments(passedByCmd(line)), call(text), line);
    }
  });

  it('passes any text through Windows', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '"', "'", '\\', '%', '^', '&', '$', '(', '{', '‘'),
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const line = ['program', ...words];
        assert.deepEqual(programArguments(passedByCmd(shellCommand(line, 'cmd'))), line);
      }),
    );
    fc.assert(
      // What ends in a backslash is left out: the versions of PowerShell differ in it, and no call and no component ends so.
      fc.property(
        fc.array(
          word.filter((text) => !text.endsWith('\\')),
          { minLength: 1 },
        ),
        (words) => {
          const line = ['program', ...words];
          assert.deepEqual(programArguments(passedByPowerShell(shellCommand(line, 'powershell'))), line);
        },
      ),
    );
  });
});

/**
 * The command line that PowerShell gives to a program in the older way: words that have blanks outside of double quotes are put into them, and
 * nothing else is done (NeedQuotes in its NativeCommandParameterBinder).
 */
function passedByPowerShell(text: string): string {
  const braces = /^& \{ \$PSNativeCommandArgumentPassing = 'Legacy'; (.*) \}$/.exec(text);
  const words = [
    ...(braces?.[1] ?? text).matchAll(/'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'|([^ ]+)/g),
  ].map(([, quoted, plain]) => plain ?? quoted?.replace(/(['\u2018-\u201b])['\u2018-\u201b]/g, '$1') ?? '');
  if (braces === null) assert.ok(words.every((word) => !word.includes('"')));
  return words.map((word) => (needsQuotes(word) ? `"${word}"` : word)).join(' ');
}

function needsQuotes(word: string): boolean {
  let quotes = 0;
  for (let index = 0; index < word.length; index += 1) {
    if (word[index] === '"' && word[index - 1] !== '\\') quotes += 1;
    else if (word[index] === ' ' && quotes % 2 === 0) return true;
  }
  return false;
}

/** The command line that cmd gives to a program; throws where it would see an operator. Read a second time, as npm's shim does. */
function passedByCmd(text: string): string {
  return readByCmd(readByCmd(text, true), false);
}

function readByCmd(text: string, expands: boolean): string {
  // A variable is replaced where its whole name stands between percent signs: names have no quotes or carets.
  if (expands) assert.doesNotMatch(text, /%[^%"^]+%/);
  let result = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === '"') quoted = !quoted;
    if (!quoted && char === '^') {
      index += 1;
      result += text.charAt(index);
    } else {
      assert.ok(quoted || !'&|<>()'.includes(char), `${char} is an operator in ${text}`);
      result += char;
    }
  }
  return result;
}

/**
 * How a program reads its command line on Windows, as Node does.
 * Source: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
function programArguments(line: string): readonly string[] {
  const words: string[] = [];
  let index = 0;
  while (index < line.length) {
    if (line[index] === ' ') {
      index += 1;
      continue;
    }
    let word = '';
    let quoted = false;
    while (index < line.length && (quoted || line[index] !== ' ')) {
      const [slashes = ''] = /^\\*/.exec(line.slice(index)) ?? [];
      index += slashes.length;
      if (line[index] !== '"') {
        word += slashes;
        if (slashes === '') word += line.charAt(index++);
        continue;
      }
      word += '\\'.repeat(Math.floor(slashes.length / 2));
      if (slashes.length % 2 === 1) word += '"';
      else if (quoted && line[index + 1] === '"') {
        word += '"';
        index += 1;
      } else quoted = !quoted;
      index += 1;
    }
    words.push(word);
  }
  return words;
}

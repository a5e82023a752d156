import assert from 'node:assert/strict';
import { readScript } from '../../../scripts/suites/wast-script.mjs';
import { waveOf } from '../../../scripts/suites/wast-values.mjs';

/** The constants of an assertion about a function's arguments, as WAVE. */
function argumentsOf(constants: string): readonly string[] {
  const [command] = readScript(`(assert_return (invoke "f" ${constants}))`);
  assert.ok(command?.type === 'invoke');
  return command.args.map(waveOf);
}

describe('a .wast script', () => {
  it('is read as components, instances and assertions, each with its line', () => {
    const script = `;; a comment with "quotes and (parentheses
(component definition $A (core module)) (; one (; in ;) another ;)
(component instance $i $A)
(assert_return (invoke "run") (u32.const 42))
(assert_trap (invoke "run") "unreachable")
(assert_invalid (component (import "x" (func))) "type")
(assert_malformed (component quote "(core" " module)") "text")`;
    assert.deepEqual(readScript(script), [
      { line: 2, type: 'component', name: '$A', text: '(component $A (core module))', instantiated: false },
      { line: 3, type: 'instance', definition: '$A' },
      {
        ...{ line: 4, type: 'invoke', expected: 'return', field: 'run', args: [], message: '' },
        results: [{ type: 'u32', items: [{ word: '42' }] }],
      },
      {
        ...{ line: 5, type: 'invoke', expected: 'trap', field: 'run', args: [], message: 'unreachable' },
        results: [],
      },
      {
        ...{ line: 6, type: 'refused', expected: 'invalid', message: 'type', isText: false },
        text: '(component (import "x" (func)))',
      },
      {
        ...{ line: 7, type: 'refused', expected: 'malformed', message: 'text', isText: true },
        text: '(component (core\n module))',
      },
    ]);
  });

  it('has constants that are written as WAVE', () => {
    const wave: Readonly<Record<string, string>> = {
      '(u8.const 0xff)': '255',
      '(s8.const 0xff)': '-1',
      '(u64.const 18_446_744_073_709_551_615)': '18446744073709551615',
      '(f32.const 3.4)': '3.4',
      '(f64.const -0x1.8p3)': '-12',
      '(f32.const nan:canonical)': 'nan',
      '(bool.const true)': 'true',
      '(char.const "\\u{26f3}")': "'⛳'",
      '(str.const "a\\22\\n\\e2\\98\\83")': '"a\\"\\n☃"',
      '(list.const (u32.const 1) (u32.const 2))': '[1, 2]',
      '(record.const (field "k" str.const "x") (field "n" (u8.const 1)))': '{k: "x", n: 1}',
      '(variant.const "some" (u32.const 5))': '%some(5)',
      '(option.some (u32.const 5))': 'some(5)',
      '(result.err)': 'err',
      '(flags.const "a" "c")': '{a, c}',
    };
    assert.deepEqual(argumentsOf(Object.keys(wave).join(' ')), Object.values(wave));
  });
});

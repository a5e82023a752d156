import type { LanguageWords } from '../relevance';
import { languageTables } from './construct';

/** The words that make Python worth a look, and those with which control leaves. */
export const pythonWords: LanguageWords = {
  relevant:
    /\bget_func\b|\bget_export_index\b|\binstantiate\b|wasi:cli\/run|\bComponent\b|\brun\b|\.wasm\b|\bRoot\b/,
  runs: /\bget_func\b|\brun\b|\binstantiate\b|\bRoot\b/,
  exits: /\b(?:return|break|continue|raise|exit|_exit|quit)\b/g,
};

/** How Python is spelt. */
export const pythonTables = languageTables({
  constructs: {
    attribute: { is: 'member', object: 'object', key: 'attribute' },
    subscript: { is: 'subscript', object: 'value', index: 'subscript' },
    call: { is: 'call', callee: 'function' },
    assignment: { is: 'assignment', target: 'left', value: 'right' },
    named_expression: { is: 'assignment', target: 'name', value: 'value' },
    boolean_operator: { is: 'operator' },
    return_statement: { is: 'leave', how: 'return' },
    raise_statement: { is: 'leave', how: 'throw' },
    break_statement: { is: 'leave', how: 'break' },
    continue_statement: { is: 'leave', how: 'continue' },
    block: { is: 'block' },
    function_definition: { is: 'function', declares: true },
    lambda: { is: 'function', declares: false },
    class_definition: { is: 'class' },
    if_statement: { is: 'control' },
    match_statement: { is: 'control' },
    for_statement: { is: 'control' },
    while_statement: { is: 'control' },
    try_statement: { is: 'control' },
    with_statement: { is: 'control' },
    parenthesized_expression: { is: 'wrapper' },
    await: { is: 'wrapper' },
    type: { is: 'wrapper' },
    keyword_argument: { is: 'wrapper', field: 'value' },
  },
  patterns: {
    identifier: { is: 'name' },
    pattern_list: { is: 'items' },
    tuple_pattern: { is: 'items' },
    list_pattern: { is: 'items' },
    as_pattern_target: { is: 'inner' },
  },
  declares: 'var',
  // `pytest.raises(…)`, `self.assertRaises(…)`
  expectsFailure: /^(?:pytest\.raises|raises|self\.assertRaises\w*)\b/,
  // `run(store)`, then `pytest.fail("should have trapped")`
  shouldHaveFailed: /^(?:raise\b|assert False\b|(?:pytest|self)\.fail\()/,
});

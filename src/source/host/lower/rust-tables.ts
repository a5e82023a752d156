import type { LanguageWords } from '../relevance';
import { languageTables } from './construct';

/** The words that make Rust worth a look, and those with which control leaves. */
export const rustWords: LanguageWords = {
  relevant:
    /\bcall_run\b|\bwasi_cli_run\w*|\binstantiate\w*|\bget_(?:typed_)?func\b|\bget_export\w*|\btyped_func\b|wasi:cli\/run|\bComponent\b|\bCommand\w*|\.wasm"/,
  runs: /\bcall_run\b|\binstantiate\w*|\bget_(?:typed_)?func\b|\btyped_func\b/,
  exits: /\b(?:return|break|continue|panic|bail|exit|unreachable|todo)\b/g,
};

/** How Rust is spelt. */
export const rustTables = languageTables({
  constructs: {
    field_expression: { is: 'member', object: 'value', key: 'field' },
    index_expression: { is: 'subscript' },
    call_expression: { is: 'call', callee: 'function' },
    generic_function: { is: 'call', callee: 'function' },
    assignment_expression: { is: 'assignment', target: 'left', value: 'right' },
    if_expression: { is: 'if', condition: 'condition', then: 'consequence', otherwise: 'alternative' },
    binary_expression: { is: 'operator' },
    return_expression: { is: 'leave', how: 'return' },
    break_expression: { is: 'leave', how: 'break' },
    continue_expression: { is: 'leave', how: 'continue' },
    block: { is: 'block' },
    mod_item: { is: 'block', body: 'body' },
    function_item: { is: 'function', declares: true },
    closure_expression: { is: 'function', declares: false },
    impl_item: { is: 'class' },
    else_clause: { is: 'wrapper' },
    try_expression: { is: 'wrapper' },
    await_expression: { is: 'wrapper' },
    parenthesized_expression: { is: 'wrapper' },
    reference_expression: { is: 'wrapper', field: 'value' },
    type_cast_expression: { is: 'wrapper', field: 'value' },
    unsafe_block: { is: 'wrapper' },
    async_block: { is: 'wrapper' },
    expression_statement: { is: 'wrapper' },
    macro_invocation: { is: 'control' },
    match_expression: { is: 'control' },
    for_expression: { is: 'control' },
    while_expression: { is: 'control' },
    loop_expression: { is: 'control' },
  },
  patterns: {
    identifier: { is: 'name' },
    shorthand_field_identifier: { is: 'name' },
  },
  declares: 'const',
});

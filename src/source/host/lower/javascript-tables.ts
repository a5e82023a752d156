import type { LanguageWords } from '../relevance';
import { languageTables } from './construct';

/** The words that make JavaScript and TypeScript worth a look, and those with which control leaves. */
export const javascriptWords: LanguageWords = {
  relevant:
    /\brun\b|\binstantiate\w*\b|\b(?:import|require)\b|\bresetModules\b|\b(?:before|setup)(?:Each|All)?\b/,
  runs: /\brun\b|\binstantiate\w*\b|\b(?:import|require)\b/,
  exits: /\b(?:return|break|continue|throw|exit)\b/g,
};

/** How JavaScript and TypeScript are spelt. */
export const javascriptTables = languageTables({
  constructs: {
    member_expression: { is: 'member', object: 'object', key: 'property' },
    subscript_expression: { is: 'subscript', object: 'object', index: 'index' },
    call_expression: { is: 'call', callee: 'function' },
    new_expression: { is: 'call', callee: 'constructor' },
    assignment_expression: { is: 'assignment', target: 'left', value: 'right' },
    augmented_assignment_expression: { is: 'assignment', target: 'left', value: 'right' },
    if_statement: { is: 'if', condition: 'condition', then: 'consequence', otherwise: 'alternative' },
    ternary_expression: { is: 'if', condition: 'condition', then: 'consequence', otherwise: 'alternative' },
    binary_expression: { is: 'operator' },
    return_statement: { is: 'leave', how: 'return' },
    throw_statement: { is: 'leave', how: 'throw' },
    break_statement: { is: 'leave', how: 'break' },
    continue_statement: { is: 'leave', how: 'continue' },
    statement_block: { is: 'block' },
    function_declaration: { is: 'function', declares: true },
    generator_function_declaration: { is: 'function', declares: true },
    arrow_function: { is: 'function', declares: false },
    function_expression: { is: 'function', declares: false },
    generator_function: { is: 'function', declares: false },
    method_definition: { is: 'function', declares: false },
    class_declaration: { is: 'class' },
    class: { is: 'class' },
    parenthesized_expression: { is: 'wrapper' },
    await_expression: { is: 'wrapper' },
    as_expression: { is: 'wrapper' },
    satisfies_expression: { is: 'wrapper' },
    non_null_expression: { is: 'wrapper' },
    expression_statement: { is: 'wrapper' },
    else_clause: { is: 'wrapper' },
    labeled_statement: { is: 'control' },
    for_statement: { is: 'control' },
    for_in_statement: { is: 'control' },
    while_statement: { is: 'control' },
    do_statement: { is: 'control' },
    switch_statement: { is: 'control' },
    try_statement: { is: 'control' },
  },
  patterns: {
    identifier: { is: 'name' },
    shorthand_property_identifier_pattern: { is: 'name', more: { shorthand: true } },
    array_pattern: { is: 'items' },
    assignment_pattern: { is: 'inner', field: 'left' },
    object_assignment_pattern: { is: 'inner', field: 'left' },
    required_parameter: { is: 'inner', field: 'pattern' },
    optional_parameter: { is: 'inner', field: 'pattern' },
  },
  declares: 'const',
  // `expect(…).toThrow`, `expect(…).rejects.…`, `assert.throws`, `assert.rejects`
  expectsFailure: /^expect\b[^]*\.(?:toThrow\w*|rejects\.\w+)$|(?:^|\.)(?:throws|rejects|throwsAsync)$/,
  // `run.run(); assert.fail('should have trapped');`
  shouldHaveFailed: /^(?:throw\b|(?:assert|expect)\.(?:fail|unreachable)\b|fail\()/,
});

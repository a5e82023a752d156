import { parseArgs, type ParseArgsConfig } from 'node:util';
import { usageError } from './usage';

/** Splits the arguments at the first `--`: ours before it, the guest's behind it. `guest` is undefined without a `--`. */
export function splitAtGuest(args: readonly string[]): {
  readonly own: readonly string[];
  readonly guest: readonly string[] | undefined;
} {
  const end = args.indexOf('--');
  return end < 0 ? { own: args, guest: undefined } : { own: args.slice(0, end), guest: args.slice(end + 1) };
}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Takes arguments apart. Throws UsageError, in our words, for options that there are not, or that lack their value.
 * @param hint the end of the sentence about an option that there is not
 */
export function readArguments<T extends Options>(args: readonly string[], options: T, hint = '') {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const checked = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [token.value];
    if (token.kind === 'option-terminator') return ['--'];
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw usageError(`There is no option ${rawName}${hint}.`);
    if (option.type === 'boolean') {
      if (value !== undefined) throw usageError(`${rawName} takes no value.`);
      return [rawName];
    }
    if (value === undefined) throw usageError(`${rawName} needs a value.`);
    if (!inlineValue && value.startsWith('--')) {
      throw usageError(
        `${rawName} needs a value, and ${value} is an option. If it is meant: ${rawName}=${value}`,
      );
    }
    return [`${rawName}=${value}`];
  });
  return parseArgs({ args: checked, options, allowPositionals: true });
}

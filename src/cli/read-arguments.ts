import { usageText } from '../words/cli-usage';
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
 * Takes arguments apart. Throws UsageError for unknown options, and for options without their value.
 * @param unknownOption says that an option is unknown
 */
export function readArguments<T extends Options>(
  args: readonly string[],
  options: T,
  unknownOption: (option: string) => string = usageText.noOption,
) {
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
    if (option === undefined) throw usageError(unknownOption(rawName));
    if (option.type === 'boolean') {
      if (value !== undefined) throw usageError(usageText.noValue(rawName));
      return [rawName];
    }
    if (value === undefined) throw usageError(usageText.needsValue(rawName));
    if (!inlineValue && value.startsWith('--')) {
      throw usageError(usageText.optionAsValue(rawName, value));
    }
    return [`${rawName}=${value}`];
  });
  return parseArgs({ args: checked, options, allowPositionals: true });
}

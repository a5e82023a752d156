/** The shell of a terminal. */
export type Shell = 'posix' | 'fish' | 'powershell' | 'cmd';

/**
 * The shell of the user's terminal.
 * @param program path of the shell; empty if unknown
 * @param platform as in `process.platform`; decides if the program does not
 */
export function shellOf(program: string, platform: string): Shell {
  const name = /([^/\\]*?)(?:\.exe)?$/i.exec(program)?.[1]?.toLowerCase() ?? '';
  if (name === 'cmd') return 'cmd';
  if (name === 'fish') return 'fish';
  if (/^(?:pwsh|powershell)/.test(name)) return 'powershell';
  // VS Code's default on Windows is PowerShell.
  return name === '' && platform === 'win32' ? 'powershell' : 'posix';
}

/** Quotes words for a shell, so that it passes them on unchanged. Words have no line breaks. */
export function shellCommand(words: readonly string[], shell: Shell): string {
  switch (shell) {
    case 'posix':
      return words.map((word) => (isPlain(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`)).join(' ');
    case 'fish':
      return words.map((word) => (isPlain(word) ? word : `'${word.replace(/[\\']/g, '\\$&')}'`)).join(' ');
    case 'powershell':
      return powerShellCommand(words);
    case 'cmd':
      return words.map((word) => (isPlainOnWindows(word) ? word : cmdWord(word))).join(' ');
  }
}

function isPlain(word: string): boolean {
  return /^[\w@%+=:,./-]+$/.test(word);
}

/** Excludes characters with a meaning in PowerShell or cmd: commas, percent and at signs, a leading dash. */
function isPlainOnWindows(word: string): boolean {
  return /^[\w:./\\][\w:./\\+-]*$/.test(word);
}

/**
 * PowerShell before 7.3 does not escape double quotes in arguments; later versions add backslashes
 * (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing#passing-arguments-that-contain-quote-characters).
 * The version is unknown here. So the text has the backslashes, and a variable asks later versions for the
 * old behaviour; old versions ignore the variable. The braces limit it to this line.
 */
function powerShellCommand(words: readonly string[]): string {
  const line = words.map(powerShellWord).join(' ');
  return words.some((word) => word.includes('"'))
    ? `& { $PSNativeCommandArgumentPassing = 'Legacy'; ${line} }`
    : line;
}

/** The only special characters in single quotes. PowerShell treats typographic quotes alike. */
const singleQuotes = /['\u2018-\u201b]/g;

function powerShellWord(word: string): string {
  return isPlainOnWindows(word) ? word : `'${escapeQuotes(word, '\\"').replace(singleQuotes, '$&$&')}'`;
}

/**
 * For cmd each double quote starts or ends a quoted part. Doubled quotes leave every operator inside a quoted
 * part, also in the shim that npm makes for programs. A percent sign starts a variable even inside quotes, so
 * it stands outside, after a caret that no variable's name has.
 */
function cmdWord(word: string): string {
  return word
    .split('%')
    .map((part) => (part === '' ? '' : `"${escapeQuotes(part, '""').replace(/\\+$/, '$&$&')}"`))
    .join('^%');
}

/** Programs read `\` before a double quote as an escape unless it is doubled. */
function escapeQuotes(word: string, quote: string): string {
  return word.replace(/(\\*)"/g, `$1$1${quote}`);
}

/** What reads a command line that is pasted into a terminal. */
export type Shell = 'posix' | 'fish' | 'powershell' | 'cmd';

/**
 * Which shell people paste into.
 * @param program path of their terminal's shell; empty where it is not known
 * @param platform as `process.platform` has it: decides where the program does not
 */
export function shellOf(program: string, platform: string): Shell {
  const name = /([^/\\]*?)(?:\.exe)?$/i.exec(program)?.[1]?.toLowerCase() ?? '';
  if (name === 'cmd') return 'cmd';
  if (name === 'fish') return 'fish';
  if (/^(?:pwsh|powershell)/.test(name)) return 'powershell';
  // VS Code's default on Windows is PowerShell.
  return name === '' && platform === 'win32' ? 'powershell' : 'posix';
}

/** Words as one line that starts a program in a shell, with every word as it is: nothing in them is expanded. They have no line breaks. */
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

/** Without what PowerShell or cmd reads as more than a character at some place: commas, percent and at signs, a dash in front. */
function isPlainOnWindows(word: string): boolean {
  return /^[\w:./\\][\w:./\\+-]*$/.test(word);
}

/**
 * PowerShell before 7.3 hands a program's arguments on with the double quotes in them bare, so that they are lost; later ones mark them with
 * a backslash (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing#passing-arguments-that-contain-quote-characters).
 * No one text suits both, and which of them reads the line cannot be told from here: so the backslashes are in the text, and the line asks
 * for the older way, by a variable that the older ones do not look at. The braces keep it from the rest of the session.
 */
function powerShellCommand(words: readonly string[]): string {
  const line = words.map(powerShellWord).join(' ');
  return words.some((word) => word.includes('"'))
    ? `& { $PSNativeCommandArgumentPassing = 'Legacy'; ${line} }`
    : line;
}

/** In single quotes only these mean something: PowerShell takes the typographic ones for the same. */
const singleQuotes = /['\u2018-\u201b]/g;

function powerShellWord(word: string): string {
  return isPlainOnWindows(word) ? word : `'${escapeQuotes(word, '\\"').replace(singleQuotes, '$&$&')}'`;
}

/**
 * Double quotes are doubled, since cmd takes each for the beginning or end of a quoted part: with two of them, all that could be an
 * operator stays inside of one, for the shim too by which npm starts programs. A percent sign begins a variable's name even there; outside,
 * with a caret, no variable has a name with what follows.
 */
function cmdWord(word: string): string {
  return word
    .split('%')
    .map((part) => (part === '' ? '' : `"${escapeQuotes(part, '""').replace(/\\+$/, '$&$&')}"`))
    .join('^%');
}

/** Programs read `\` before a double quote as marking it, unless it is doubled itself. */
function escapeQuotes(word: string, quote: string): string {
  return word.replace(/(\\*)"/g, `$1$1${quote}`);
}

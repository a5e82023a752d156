import { t } from './t';

/** Headings and labels of the page of a .wasm file. */
const partText = {
  verdict: () => t('Repeated runs'),
  evidence: () => t('Evidence'),
  about: () => t('About the file'),
  world: () => t('Imports and exports'),
  imports: () => t('Imports'),
  exports: () => t('Exports'),
  nothingImported: () => t('It imports nothing.'),
  nothingExported: () => t('It exports nothing.'),
  call: () => t('Call…'),
  provide: () => t('Name a Module…'),
  live: () => t('Instances'),
  noInstances: () => t('There are none. Run it, or call one of its exports.'),
  memory: () => t('Memory after each call'),
  duration: () => t('Duration of each call'),
  chartHint: () => t('Arrow keys choose a call, Enter shows it.'),
  earlierCalls: () => t('Earlier calls'),
};

/** Headings and labels of the page, as the window that shows it gets them. */
export function pageTexts(): Readonly<Record<keyof typeof partText, string>> {
  return Object.fromEntries(Object.entries(partText).map(([key, text]) => [key, text()])) as Record<
    keyof typeof partText,
    string
  >;
}

/** Titles of the page's buttons. */
export const pageButtonText = {
  run: () => t('Run'),
  debug: () => t('Debug'),
  call: () => t('Call…'),
  explain: () => t('Explain Verdict'),
  probe: () => t('Probe Reuse'),
  interface: () => t('Interface as Text'),
  console: () => t('Open Console'),
  runAgain: () => t('Run Again'),
  stop: () => t('Stop'),
  terminal: () => t('Show Terminal'),
  dispose: () => t('Dispose'),
  repeat: () => t('Repeat'),
  result: () => t('Show Result'),
  trap: () => t('Show Trap Location'),
};

/** What a file is, in the line below its name and in the list of facts. */
export const pageFactText = {
  component: () => t('component'),
  library: () => t('library component'),
  debugInfo: () => t('debug information'),
  restricted: () => t('Nothing is run until you trust this workspace.'),
  size: () => t('Size'),
  bytes: (count: number) => t('{0} bytes', count.toLocaleString('en-US')),
  madeBy: () => t('Made by'),
  runCalls: () => t('Run calls'),
  debugging: () => t('Debug information'),
  hasDebugInfo: (sources: number) =>
    sources === 1 ? t('yes, of 1 source file') : t('yes, of {0} source files', sources),
  noDebugInfo: () => t('none: breakpoints and traps have no source lines'),
  modified: () => t('Modified'),
  path: () => t('Path'),
  hash: () => t('SHA-256'),
};

/** Who provides an import. */
export const providerText = {
  wasi: () => t('provided: WASI'),
  module: (path: string) => t('provided: {0}', path),
  types: () => t('only types: nothing to provide'),
  missing: () => t('not provided'),
  /** Of all imports together. */
  all: (missing: number) => (missing === 0 ? t('all provided') : t('{0} not provided', missing)),
};

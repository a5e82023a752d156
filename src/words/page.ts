import { assertNever } from '../base/assert-never';
import type { MetadataKey } from '../component/anatomy/facts';
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
  structure: () => t('Structure'),
  structureHint: () =>
    t('What gives what to what, from left to right. Choose a box to see what it gets and gives.'),
  asText: () => t('The structure as text'),
  showInside: () => t('Show What Is Inside'),
  back: () => t('Back'),
  openText: () => t('Open as Text (WAT)'),
  sizes: () => t('Where the bytes are'),
  sizesReading: () => t('Reading sizes…'),
  sizesHint: () => t('Arrow keys choose a part, Enter shows what is in it, Backspace leads back.'),
  changes: () => t('Since the build before'),
  smaller: () => t('Smaller ones'),
  search: () => t('Search'),
  groupParts: () => t('Parts'),
  groupFunctions: () => t('Functions'),
  groupOrigins: () => t('Crates and source files'),
  columnName: () => t('Name'),
  columnSize: () => t('Size'),
  columnShare: () => t('Share'),
  more: () => t('Show More'),
  nothingFound: () => t('Nothing matches.'),
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
  compareEngines: () => t('Compare Engines'),
  save: () => t('Save as Component…'),
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
  damage: () => t('Damage'),
  features: () => t('Features'),
  dwarf: (size: string) => t('DWARF, {0}', size),
  named: (count: number) =>
    count === 1 ? t('1 function has a name') : t('{0} functions have names', count.toLocaleString('en-US')),
  external: (file: string) => t('in a file of its own: {0}', file),
  sourceMap: (url: string) => t('source map: {0}', url),
  buildId: (id: string) => t('build ID: {0}', id),
  modified: () => t('Modified'),
  path: () => t('Path'),
  hash: () => t('SHA-256'),
};

/** What a piece of registry or OCI metadata is. */
export function metadataText(key: MetadataKey): string {
  switch (key) {
    case 'name':
      return t('Name');
    case 'version':
      return t('Version');
    case 'description':
      return t('Description');
    case 'authors':
      return t('Authors');
    case 'licenses':
      return t('Licenses');
    case 'source':
      return t('Source');
    case 'homepage':
      return t('Homepage');
    case 'revision':
      return t('Revision');
    default:
      return assertNever(key);
  }
}

/** Boxes of the structure. */
export const structureText = {
  wasi: (count: number) => (count === 1 ? t('WASI, 1 interface') : t('WASI, {0} interfaces', count)),
  exports: (count: number) => (count === 1 ? t('1 export') : t('{0} exports', count)),
  import: () => t('import'),
  exported: () => t('what it exports'),
  component: () => t('component'),
  module: () => t('core module'),
  instance: () => t('instance of a component'),
  coreInstance: () => t('instance of a core module'),
  adapter: () => t('adapter of wasip1'),
  shim: () => t('trampolines that a later instance fills in'),
  fixups: () => t('fills in the trampolines'),
  unused: () => t('core module without an instance'),
  unusedComponent: () => t('component without an instance'),
  numbered: (kind: string, number: number) => t('{0} {1}', kind, number),
  gets: () => t('Gets'),
  gives: () => t('Gives'),
  from: (name: string, from: string) => t('{0} from {1}', name, from),
  size: () => t('Size'),
  more: (count: number) => t('{0} more', count),
  leftOut: (count: number) => t('{0} more parts are not shown.', count),
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

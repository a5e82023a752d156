// What the page of a .wasm file and the extension say to each other. Both sides import this file; only this file and base.
// Everything that the page shows is plain text: the page never takes a part of a message for markup, an address or a command.

/** The colour that says how something is: as in the Instances view. */
export type Tone = 'plain' | 'passed' | 'warning' | 'failed' | 'busy' | 'queued';

/** What a button of the page asks for. The extension knows which command each is. */
export const pageActions = [
  'run',
  'debug',
  'call',
  'explain',
  'probe',
  'interface',
  'console',
  'compare-engines',
  'imports',
  'save',
] as const;

export type PageAction = (typeof pageActions)[number];

/** What a button beside an instance, or beside a call of one, asks for. */
export const liveActions = ['run-again', 'stop', 'terminal', 'dispose', 'repeat', 'result', 'trap'] as const;

export type LiveAction = (typeof liveActions)[number];

/** A button. */
export interface Button<Action extends string> {
  readonly action: Action;
  readonly label: string;
  readonly primary?: true;
  readonly disabled?: true;
}

/** A heading with the lines below it. */
export interface TextGroup {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What the file is, what would happen on a repeated call, and what can be done with it. */
export interface Overview {
  readonly name: string;
  /** In a few words each: the kind, the size, the version of WASI, whether there is debug information. */
  readonly summary: readonly string[];
  /** What is wrong with the file, and what to do; absent for one that can be used. */
  readonly problem?: { readonly tone: Tone; readonly sentence: string; readonly advice: string };
  /** Things to know before using it, such as Restricted Mode. */
  readonly notices: readonly string[];
  readonly verdict?: {
    readonly tone: Tone;
    readonly sentence: string;
    readonly basis: string;
    readonly notes: readonly string[];
    readonly evidence: readonly TextGroup[];
  };
  readonly buttons: readonly Button<PageAction>[];
  readonly facts: readonly TextGroup[];
}

/** An import, an export, or a part of an interface. */
export interface WorldNode {
  readonly name: string;
  readonly kind: 'interface' | 'function' | 'type' | 'resource' | 'module' | 'component' | 'value';
  /** WIT text; empty for an interface. */
  readonly wit: string;
  /** What the author wrote about it; empty if nothing. */
  readonly docs: string;
  /** Who provides an import. */
  readonly provider?: { readonly text: string; readonly isMissing: boolean };
  /** Present for a function that can be called: what the page sends back. */
  readonly call?: CallRef;
  readonly items: readonly WorldNode[];
}

/** Names an exported function. */
export interface CallRef {
  readonly interface?: string;
  readonly func: string;
}

export interface World {
  readonly imports: readonly WorldNode[];
  /** Whether all imports are provided, as text. */
  readonly provision: string;
  readonly exports: readonly WorldNode[];
  /** Says why there is nothing to show; absent if there is. */
  readonly problem?: string;
}

/** One line of the list of instances. */
export interface LiveRow {
  readonly label: string;
  readonly description: string;
  readonly tone: Tone;
  readonly spoken: string;
  readonly buttons: readonly Button<LiveAction>[];
}

export interface LiveInstance extends LiveRow {
  readonly id: string;
  /** The calls that are kept, newest first. */
  readonly calls: readonly LiveCall[];
}

export interface LiveCall extends LiveRow {
  /** Counts from 1 on each instance. */
  readonly number: number;
}

/** A call that has ended, as a point of the charts. */
export interface CallPoint {
  readonly id: string;
  readonly number: number;
  /** The call as the list names it. */
  readonly label: string;
  /** When it started, in ms since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Linear memory after the call, in bytes; null where it is not known. */
  readonly memoryBytes: number | null;
}

export interface Live {
  readonly instances: readonly LiveInstance[];
  readonly points: readonly CallPoint[];
}

/** A box of the graph. */
export interface GraphNode {
  readonly id: string;
  readonly label: string;
  /** What it is, in a few words. */
  readonly kind: string;
  readonly shape: 'import' | 'instance' | 'component' | 'export' | 'unused';
  /** The component in whose picture it is drawn. */
  readonly scope: string;
  /** The component whose picture shows what is in it; null if there is nothing. */
  readonly inside: string | null;
  /** The number of its core module, whose text can be opened; null for none. */
  readonly module: number | null;
  /** What it gets and gives. */
  readonly details: readonly TextGroup[];
}

/** Something that one box gives another one. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** What a file is made of, as pictures: one for each component in it. */
export interface StructurePart {
  /** The component whose picture is shown first, and the titles of all. */
  readonly root: string;
  readonly scopes: readonly { readonly id: string; readonly title: string; readonly parent: string | null }[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What is not in the pictures, as text; empty if all is. */
  readonly note: string;
}

/** A row of the sizes. */
export interface SizeItem {
  /** What it is, and what it is called. */
  readonly label: string;
  /** Its name alone, for where there is little room; empty for none. */
  readonly name: string;
  /** What it is a part of, where that is not the file; empty for no part. */
  readonly home: string;
  readonly group: SizeGroup;
  readonly colour: SizeColour;
  readonly bytes: number;
  /** Where the row stands that it is a part of; null for the file, and for what is no part of one. */
  readonly parent: number | null;
  /** The core module and the function in it that can be opened as text; absent for none. */
  readonly module?: number;
  readonly func?: number;
}

/** `part`: file, components, modules, sections; `function`; `origin`: crates, source files and so on. */
export type SizeGroup = 'part' | 'function' | 'origin';

/** What the bytes are, for the colours of the picture. */
export type SizeColour = 'code' | 'data' | 'debug' | 'other';

/** Where the bytes of a file are. */
export interface SizesPart {
  readonly fileBytes: number;
  readonly items: readonly SizeItem[];
  /** What has changed since the build before, as sentences; empty if none was seen. */
  readonly changes: readonly string[];
  /** Says what is not among the items; empty if all is. */
  readonly note: string;
}

/** How far the reading of sizes is, as a number from 0 to 1. */
export interface SizesProgress {
  readonly share: number;
}

/** Words of the page itself, in the language of the window. */
export interface PageTexts {
  readonly verdict: string;
  readonly evidence: string;
  readonly about: string;
  readonly world: string;
  readonly imports: string;
  readonly exports: string;
  readonly nothingImported: string;
  readonly nothingExported: string;
  readonly call: string;
  readonly provide: string;
  readonly structure: string;
  readonly structureHint: string;
  readonly asText: string;
  readonly showInside: string;
  readonly back: string;
  readonly openText: string;
  readonly sizes: string;
  readonly sizesReading: string;
  readonly sizesHint: string;
  readonly changes: string;
  readonly smaller: string;
  readonly search: string;
  readonly groupParts: string;
  readonly groupFunctions: string;
  readonly groupOrigins: string;
  readonly columnName: string;
  readonly columnSize: string;
  readonly columnShare: string;
  readonly more: string;
  readonly nothingFound: string;
  readonly live: string;
  readonly noInstances: string;
  readonly memory: string;
  readonly duration: string;
  readonly chartHint: string;
  readonly earlierCalls: string;
}

/** The parts of the page. A part that is not known yet is absent; one that the file does not have is null. */
export interface PageParts {
  readonly language: string;
  readonly texts: PageTexts;
  readonly overview: Overview;
  readonly world: World | null;
  readonly structure: StructurePart | null;
  /** Progress until all is read. */
  readonly sizes: SizesPart | SizesProgress | null;
  readonly live: Live | null;
}

/** From the extension to the page: the parts that are new, each in place of what was there. */
export interface PageUpdate {
  readonly type: 'update';
  readonly parts: Partial<PageParts>;
}

/** From the page to the extension. */
export type PageRequest =
  /** The page is there and empty: send everything. */
  | { readonly type: 'ready' }
  | { readonly type: 'action'; readonly action: PageAction }
  | { readonly type: 'call'; readonly export: CallRef }
  /** Opens the text of a core module, at a function if one is named. */
  | { readonly type: 'open-text'; readonly module: number; readonly func?: number }
  /** `number` names a call of the instance. */
  | { readonly type: 'live'; readonly action: LiveAction; readonly id: string; readonly number?: number };

/** Reads what came from a page; undefined for anything that no page of ours sends. */
export function readPageRequest(value: unknown): PageRequest | undefined {
  if (!isRecord(value)) return undefined;
  switch (value.type) {
    case 'ready':
      return { type: 'ready' };
    case 'action':
      return isOneOf(value.action, pageActions) ? { type: 'action', action: value.action } : undefined;
    case 'call': {
      const ref = readCallRef(value.export);
      return ref === undefined ? undefined : { type: 'call', export: ref };
    }
    case 'open-text':
      return readTextRequest(value);
    case 'live':
      return readLiveRequest(value);
    default:
      return undefined;
  }
}

function readCallRef(value: unknown): CallRef | undefined {
  if (!isRecord(value) || typeof value.func !== 'string') return undefined;
  if (value.interface === undefined) return { func: value.func };
  return typeof value.interface === 'string' ? { interface: value.interface, func: value.func } : undefined;
}

function readLiveRequest({ action, id, number }: Readonly<Record<string, unknown>>): PageRequest | undefined {
  if (!isOneOf(action, liveActions) || typeof id !== 'string') return undefined;
  if (number === undefined) return { type: 'live', action, id };
  return isIndex(number) ? { type: 'live', action, id, number } : undefined;
}

function readTextRequest({ module, func }: Readonly<Record<string, unknown>>): PageRequest | undefined {
  if (!isIndex(module)) return undefined;
  if (func === undefined) return { type: 'open-text', module };
  return isIndex(func) ? { type: 'open-text', module, func } : undefined;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Whether something is an update, as the page receives it: the window posts messages of its own to pages, too. */
export function isPageUpdate(value: unknown): value is PageUpdate {
  return isRecord(value) && value.type === 'update' && isRecord(value.parts);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isOneOf<T extends string>(value: unknown, known: readonly T[]): value is T {
  return typeof value === 'string' && known.some((each) => each === value);
}

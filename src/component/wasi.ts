import { isPreview1 } from './preview1';

/** The packages of WASI whose interfaces a host of ours has, each in 0.2 and 0.3. */
const PACKAGES: ReadonlySet<string> = new Set([
  'cli',
  'clocks',
  'filesystem',
  'http',
  'io',
  'random',
  'sockets',
]);

/** `wasi:cli/run@0.2.6` in its parts; the version is empty where the name has none. */
export interface InterfaceName {
  readonly namespace: string;
  readonly package: string;
  readonly interface: string;
  readonly version: string;
}

/** Splits an interface's name. Null for a plain name (`greet`), which has no package. */
export function parseInterfaceName(name: string): InterfaceName | null {
  const match = /^([^:/@]+):([^/@]+)\/([^@]+)(?:@(.+))?$/.exec(name);
  const [, namespace, packageName, interfaceName, version] = match ?? [];
  if (namespace === undefined || packageName === undefined || interfaceName === undefined) return null;
  return { namespace, package: packageName, interface: interfaceName, version: version ?? '' };
}

/**
 * Whether a WASI host provides an import of this name: WASI 0.2 or 0.3, of a package that is part of them. Core modules import preview 1,
 * which an adapter provides.
 */
export function isWasiImport(name: string): boolean {
  if (isPreview1(name)) return true;
  const parts = parseInterfaceName(name);
  return parts?.namespace === 'wasi' && PACKAGES.has(parts.package) && /^0\.[23](\.|$)/.test(parts.version);
}

/**
 * What an interface is of that has WASI's namespace and that no host of ours provides: a `draft` of WASI before 0.2, whose interfaces had no
 * versions, or a `proposal`, such as wasi:keyvalue and wasi:nn. Null for all others.
 */
export function wasiStatus(name: string): 'draft' | 'proposal' | null {
  const parts = parseInterfaceName(name);
  if (parts?.namespace !== 'wasi' || isWasiImport(name)) return null;
  if (!PACKAGES.has(parts.package)) return 'proposal';
  return parts.version === '' || /^0\.[01](\.|$)/.test(parts.version) ? 'draft' : null;
}

/** Whether an exported instance answers HTTP requests: `wasi:http/incoming-handler` of WASI 0.2, `wasi:http/handler` of 0.3. */
export function isHttpHandler(name: string): boolean {
  const parts = parseInterfaceName(name);
  return (
    parts?.namespace === 'wasi' &&
    parts.package === 'http' &&
    (parts.interface === 'incoming-handler' || parts.interface === 'handler')
  );
}

/**
 * The export that answers HTTP requests, among a component's exports: of 0.3 where it has one, else of 0.2, in the highest version.
 * Undefined where there is none of a version that can be served.
 */
export function httpHandlerOf(
  exports: readonly { readonly name: string; readonly kind: string }[],
): string | undefined {
  return exports
    .filter(({ name, kind }) => kind === 'instance' && isHttpHandler(name))
    .map(({ name }) => name)
    .filter((name) => isWasi03(name) === name.includes('/handler@') && /@0\.[23](\.|$)/.test(name))
    .sort(compareVersionsDescending)[0];
}

/** Whether an interface is of WASI 0.3, whose functions can be asynchronous. */
export function isWasi03(name: string): boolean {
  const parts = parseInterfaceName(name);
  return parts?.namespace === 'wasi' && /^0\.3(\.|$)/.test(parts.version);
}

/** Whether an exported instance is `wasi:cli/run`, of any version or, as in a binary made by hand, without one. */
export function isRunExport(name: string): boolean {
  const parts = parseInterfaceName(name);
  return parts?.namespace === 'wasi' && parts.package === 'cli' && parts.interface === 'run';
}

/**
 * The exported `wasi:cli/run` instances among a component's exports, the highest version first. The first one is the run that a host calls
 * and that a verdict is about: the lower one of two is often a stub that traps.
 */
export function runExportsOf(
  exports: readonly { readonly name: string; readonly kind: string }[],
): readonly string[] {
  return exports
    .filter(({ name, kind }) => kind === 'instance' && isRunExport(name))
    .map(({ name }) => name)
    .sort(compareVersionsDescending);
}

/** Orders interface names by version, highest first; a pre-release comes behind its release. */
export function compareVersionsDescending(left: string, right: string): number {
  const [a, b] = [versionOf(left), versionOf(right)];
  for (let index = 0; index < 3; index++) {
    const difference = (b.numbers[index] ?? 0) - (a.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.preRelease === b.preRelease) return 0;
  if (a.preRelease === '') return -1;
  if (b.preRelease === '') return 1;
  return b.preRelease.localeCompare(a.preRelease, 'en', { numeric: true });
}

function versionOf(name: string): { numbers: readonly number[]; preRelease: string } {
  const [release = '', ...preRelease] = (parseInterfaceName(name)?.version ?? '').split(/[-+]/);
  return { numbers: release.split('.').map(Number), preRelease: preRelease.join('-') };
}

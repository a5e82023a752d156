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

/** Whether a WASI host provides an import of this name: WASI 0.2 or 0.3, of a package that is part of them. */
export function isWasiImport(name: string): boolean {
  const parts = parseInterfaceName(name);
  return parts?.namespace === 'wasi' && PACKAGES.has(parts.package) && /^0\.[23](\.|$)/.test(parts.version);
}

/** The imports that a WASI host lacks, in the component's order: what keeps a component from being started. */
export function customImports(names: readonly string[]): readonly string[] {
  return names.filter((name) => !isWasiImport(name));
}

/** Whether an exported instance is `wasi:cli/run`, of any version or, as in a binary made by hand, without one. */
export function isRunExport(name: string): boolean {
  const parts = parseInterfaceName(name);
  return parts?.namespace === 'wasi' && parts.package === 'cli' && parts.interface === 'run';
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

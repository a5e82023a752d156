import { ByteReader } from '../bytes';
import { takeCoreExternType } from '../core-types';
import { nameSubsections, NameSubsection } from '../names';
import { orNull } from '../optional';
import { isPreview1 } from '../preview1';
import { takeProducers, type Producer } from '../producers';
import { takeExportNames, takeImportNames } from '../import-export-names';
import { compareVersionsDescending, parseInterfaceName } from '../wasi';
import type { FileFacts, MetadataKey, WasiVersion } from './facts';
import { partsIn, type ScannedPart, type ScannedSection } from './scan-sections';
import { shortText } from './short-text';

/** A file may have this many entries of each kind. */
const mostEntries = 200;

/**
 * What a file says of itself, its nested components and core modules included. Never throws: of a damaged file it tells what stands before
 * the damage.
 */
export function readFacts(bytes: Uint8Array): FileFacts {
  const found = new Found();
  for (const part of partsIn(bytes)) {
    for (const section of part.sections) {
      orNull(() => {
        found.look(section, part, new ByteReader(bytes, section.content.start, section.content.end));
      });
    }
  }
  return found.facts();
}

const metadataSections: Readonly<Record<string, MetadataKey>> = {
  authors: 'authors',
  description: 'description',
  homepage: 'homepage',
  licenses: 'licenses',
  revision: 'revision',
  source: 'source',
  version: 'version',
};

class Found {
  readonly #producers = new Map<string, Producer>();
  readonly #metadata = new Map<MetadataKey, string>();
  readonly #features = new Set<string>();
  readonly #wasi = new Map<string, Set<string>>();
  #dwarfBytes = 0;
  #lines = false;
  #variables = false;
  #namedFunctions = 0;
  #external: string | null = null;
  #sourceMap: string | null = null;
  #buildId: string | null = null;

  facts(): FileFacts {
    return {
      producers: [...this.#producers.values()].slice(0, mostEntries),
      metadata: [...this.#metadata].map(([key, value]) => ({ key, value })),
      debug: {
        dwarfBytes: this.#dwarfBytes,
        lines: this.#lines,
        variables: this.#variables,
        namedFunctions: this.#namedFunctions,
        external: this.#external,
        sourceMap: this.#sourceMap,
        buildId: this.#buildId,
      },
      wasi: this.#wasiVersions(),
      features: [...this.#features].slice(0, mostEntries),
    };
  }

  /** Takes what a section tells. Throws `DecodeError` where it is malformed. */
  look({ id, name }: ScannedSection, { kind, start }: ScannedPart, reader: ByteReader): void {
    const isOutermost = start === 0;
    if (id === 0) {
      reader.name();
      this.#custom(name, reader, isOutermost);
    } else if (kind === 'module' && id === 2 && isOutermost) this.#preview1(reader);
    else if (kind === 'component' && id === 10 && isOutermost) this.#interfaces(takeImportNames(reader));
    else if (kind === 'component' && id === 11 && isOutermost)
      this.#interfaces(takeExportNames(reader).map((each) => each.name));
  }

  #custom(name: string, content: ByteReader, isOutermost: boolean): void {
    if (name.startsWith('.debug_')) {
      this.#dwarfBytes += content.remaining;
      this.#lines ||= name === '.debug_line';
      this.#variables ||= name === '.debug_info';
    }
    const key = isOutermost ? metadataSections[name] : undefined;
    if (key !== undefined) this.#add(key, new TextDecoder().decode(content.rest()));
    switch (name) {
      case 'producers':
        for (const each of takeProducers(content)) this.#addProducer(each);
        break;
      case 'name':
        this.#namedFunctions += countNames(content);
        break;
      case 'target_features':
        content.list(() => [content.u8(), this.#features.add(shortText(content.name()))]);
        break;
      case 'external_debug_info':
        this.#external ??= shortText(content.name());
        break;
      case 'sourceMappingURL':
        this.#sourceMap ??= shortText(content.name());
        break;
      case 'build_id':
        this.#buildId ??= Buffer.from(content.part(Math.min(content.u32(), 64)).rest()).toString('hex');
        break;
      case 'registry-metadata':
        if (isOutermost) this.#registry(new TextDecoder().decode(content.rest()));
        break;
    }
  }

  #addProducer({ field, name, version }: Producer): void {
    if (this.#producers.size >= mostEntries) return;
    const producer = { field: shortText(field), name: shortText(name), version: shortText(version) };
    this.#producers.set(JSON.stringify(producer), producer);
  }

  #add(key: MetadataKey, value: unknown): void {
    if (typeof value === 'string' && value !== '' && !this.#metadata.has(key))
      this.#metadata.set(key, shortText(value));
  }

  /** The registry-metadata section of older tools: JSON (wasm-metadata before 0.220). */
  #registry(text: string): void {
    const json = parseObject(text);
    this.#add('description', json.description);
    this.#add('licenses', json.license);
    if (Array.isArray(json.authors)) this.#add('authors', json.authors.join(', '));
    if (!Array.isArray(json.links)) return;
    for (const link of json.links as readonly unknown[]) {
      const { type, value } = Object(link) as { type?: unknown; value?: unknown };
      if (type === 'Homepage') this.#add('homepage', value);
      if (type === 'Repository') this.#add('source', value);
    }
  }

  #preview1(imports: ByteReader): void {
    for (let left = imports.count(); left > 0; left--) {
      const module = imports.name();
      if (isPreview1(module)) this.#wasi.set(module === 'wasi_unstable' ? 'preview0' : 'preview1', new Set());
      imports.name();
      takeCoreExternType(imports);
    }
  }

  #interfaces(names: readonly string[]): void {
    for (const name of names) {
      const parts = parseInterfaceName(name);
      if (parts?.namespace !== 'wasi') continue;
      const version = shortText(parts.version);
      const packages = this.#wasi.get(version) ?? new Set();
      this.#wasi.set(version, packages);
      if (packages.size < mostEntries) packages.add(shortText(parts.package));
    }
  }

  #wasiVersions(): readonly WasiVersion[] {
    const inOrder = (version: string) => `wasi:cli/run${version === '' ? '' : `@${version}`}`;
    return [...this.#wasi]
      .sort(([a], [b]) => compareVersionsDescending(inOrder(a), inOrder(b)))
      .slice(0, mostEntries)
      .map(([version, packages]) => ({ version, packages: [...packages] }));
  }
}

/** How many functions a name section names. */
function countNames(section: ByteReader): number {
  for (const { id, content } of nameSubsections(section)) {
    if (id === NameSubsection.functions) return content.count();
  }
  return 0;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

import type { Unsupported } from '../../component/unsupported';
import type { Damage } from '../../component/damage';
import type { EngineError } from '../../engine/errors';
import type { ComponentSummary } from '../../component/summary';
import type { StaticFinding } from '../../reuse/findings';
import type { Build } from '../../instance/registry';

/** What is known of a .wasm file. */
export interface KnownComponent {
  /** Absolute path. */
  readonly path: string;
  /** What users see: the base name, with as much of the folder as tells it from others. */
  readonly name: string;
  readonly content: KnownContent;
}

export type KnownContent = { readonly type: 'reading' } | ReadComponent | ProblemContent;

/** A file that cannot be run. */
export interface ProblemContent {
  readonly type: 'problem';
  readonly error: EngineError;
  /** What can be read of a file that is damaged. */
  readonly damage?: Damage;
  /** Set where the file was changed, or taken away, just now: a build may be writing it. */
  readonly beingBuilt?: true;
}

/** A component that could be read. */
export interface ReadComponent {
  readonly type: 'component';
  readonly build: Build;
  readonly summary: Extract<ComponentSummary, { kind: 'component' }>;
  readonly finding: StaticFinding;
  /** What jco cannot translate of it. */
  readonly unsupported: readonly Unsupported[];
  /** Names of the sources that it was built from, where it has debug information. */
  readonly sources: readonly string[];
}

/** The run export that we call, or null for a library. */
export function entryOf(component: KnownComponent): string | null {
  return component.content.type === 'component' ? component.content.summary.entry : null;
}

/** Whether a file is a WIT package: it cannot be run, but there is nothing wrong with it, and it has an interface. */
export function isWitPackage(content: KnownContent): boolean {
  return content.type === 'problem' && content.error.code === 'wit-package';
}

/** The tools that made a component, as they name themselves, each once. */
export function producerNames({ producers }: Pick<ReadComponent['summary'], 'producers'>): readonly string[] {
  return [...new Set(producers.map(({ name, version }) => (version === '' ? name : `${name} ${version}`)))];
}

/** Shortest names that tell the paths apart: the base name, or as many folders before it as it takes. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const parts = new Map(paths.map((path) => [path, path.split(/[\\/]/).filter((part) => part !== '')]));
  for (const [path, own] of parts) {
    const others = [...parts].filter(([other]) => other !== path).map(([, theirs]) => theirs);
    let count = 1;
    while (
      count < own.length &&
      others.some((theirs) => theirs.slice(-count).join('/') === own.slice(-count).join('/'))
    ) {
      count += 1;
    }
    names.set(path, own.slice(-count).join('/'));
  }
  return names;
}

import { entryOf, type KnownComponent } from './known-component';

/** What a component is wanted for: to be run, which takes a run export, or to be called or looked at. */
export type Purpose = 'run' | 'any';

/** What tells which component is probably meant. */
export interface RankingContext {
  readonly purpose: Purpose;
  /** The component of the active editor, and that of the selected row of the tree. */
  readonly current: readonly (string | undefined)[];
  /** Whether a component has an instance that lives. */
  readonly isLive: (path: string) => boolean;
  /** How many components were used since this one was: 0 for the last; Infinity for one that was not used. */
  readonly usedAgo: (path: string) => number;
}

/**
 * Components in the order in which they are offered: those that cannot serve come last; else the current ones first, then those with live
 * instances, then those that were used last, then by name.
 */
export function rankComponents(
  components: readonly KnownComponent[],
  { purpose, current, isLive, usedAgo }: RankingContext,
): readonly KnownComponent[] {
  const ranked = components.map((component) => {
    const { path, name } = component;
    const ranks = [
      canServe(component, purpose) ? 0 : 1,
      current.includes(path) ? 0 : 1,
      isLive(path) ? 0 : 1,
      // Infinity has no difference to itself.
      Math.min(usedAgo(path), Number.MAX_SAFE_INTEGER),
    ];
    return { component, name, ranks };
  });
  return ranked
    .sort((a, b) => {
      const difference = a.ranks
        .map((rank, index) => rank - (b.ranks[index] ?? 0))
        .find((each) => each !== 0);
      return difference ?? a.name.localeCompare(b.name, undefined, { numeric: true });
    })
    .map(({ component }) => component);
}

/** Whether a component is of use for a purpose; one that is still being read, or built, may be. */
export function canServe(component: KnownComponent, purpose: Purpose): boolean {
  switch (component.content.type) {
    case 'reading':
      return true;
    case 'problem':
      return component.content.beingBuilt === true;
    case 'component':
      return purpose === 'any' || entryOf(component) !== null;
  }
}

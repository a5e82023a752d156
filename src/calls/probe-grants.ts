import type { DirectoryGrant, Profile } from '../instance/profile';

/** Grants with which the runs of a probe could change something that outlives them. */
export interface LastingGrants {
  /** Directories that the guest may write to. */
  readonly writable: readonly DirectoryGrant[];
  readonly network: boolean;
}

/** What a probe must not be granted without asking. Null for a profile that only lets its guest read. */
export function lastingGrants({ dirs, network }: Profile): LastingGrants | null {
  const writable = dirs.filter(({ readOnly }) => !readOnly);
  return writable.length === 0 && !network ? null : { writable, network };
}

/** The profile without its lasting grants: every directory read-only, and no network. */
export function readOnlyProfile(profile: Profile): Profile {
  return {
    ...profile,
    dirs: profile.dirs.map((dir) => ({ ...dir, readOnly: true })),
    network: false,
  };
}

import { defined } from '../base/defined';
/** What a run is given and granted. Nothing is granted that is not named here. */
export interface Profile {
  /** The guest's command line after its name. */
  readonly args: readonly string[];
  /** The name the guest sees as its own (argv[0]); by default the file's base name. */
  readonly argv0?: string;
  /** The guest's whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly dirs: readonly DirectoryGrant[];
  /** Whether sockets, name look-up and outgoing HTTP are allowed. */
  readonly network: boolean;
  readonly stdin: StdinSource;
  /** What stands in for imports that are not WASI's; it runs in the guest's process, with all that process's rights. */
  readonly modules?: readonly ModuleGrant[];
  /** How long one call may take, in ms; absent for no limit. */
  readonly timeoutMs?: number;
  /** The most that each linear memory may grow to, in bytes; absent for the engine's own limit. */
  readonly maxMemoryBytes?: number;
  /** Size of the engine's call stack, in KiB; absent for the engine's default. */
  readonly stackKiB?: number;
}

/** A host directory that the guest sees. */
export interface DirectoryGrant {
  /** Absolute path on the host. */
  readonly host: string;
  /** Where the guest sees it, such as `/data`. */
  readonly guest: string;
  readonly readOnly: boolean;
}

/** A JavaScript module that stands in for an imported interface. */
export interface ModuleGrant {
  /** The interface as the component imports it, such as `samples:workshop/thermometer`; without a version it is for every version. */
  readonly interface: string;
  /** Absolute path of an ES module that exports the interface's functions, their names in lowerCamelCase. */
  readonly path: string;
}

/** Where the guest's standard input comes from. `terminal` is whatever the caller writes to the instance. */
export type StdinSource =
  | { readonly type: 'terminal' }
  | { readonly type: 'empty' }
  | { readonly type: 'file'; readonly path: string };

/** The same text for profiles that an instance cannot tell apart once it is made: all but arguments, environment and the time limit of a call. */
export function grantsKey({ dirs, network, stdin, modules, maxMemoryBytes, stackKiB }: Profile): string {
  return JSON.stringify([dirs, network, stdin, modules, maxMemoryBytes, stackKiB]);
}

/** What a call on an instance gets: the arguments, environment and time limit that are `given` now, and the grants the instance was made with. */
export function callProfile({ timeoutMs: _, ...made }: Profile, given: Profile): Profile {
  const { args, env, timeoutMs } = given;
  return { ...made, args, env, ...defined({ timeoutMs }) };
}

/** A run with nothing given and nothing granted but a terminal. */
export const bareProfile: Profile = {
  args: [],
  env: {},
  dirs: [],
  network: false,
  stdin: { type: 'terminal' },
};

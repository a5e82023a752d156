import { defined } from '../base/defined';

/** The programs that can run a component: jco with V8, which we bring along, or the user's own wasmtime. */
export const engineNames = ['jco', 'wasmtime'] as const;

export type EngineName = (typeof engineNames)[number];

/** What a run is given and granted. Everything else is denied. */
export interface Profile {
  /** The guest's command line after its name. */
  readonly args: readonly string[];
  /** The name the guest sees as its own (argv[0]); by default the file's base name. */
  readonly argv0?: string;
  /** The guest's whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly dirs: readonly DirectoryGrant[];
  /** Whether sockets, name lookup and outgoing HTTP are allowed. */
  readonly network: boolean;
  readonly stdin: StdinSource;
  /** Modules for imports that WASI does not provide. They run in the guest's process with all its rights. */
  readonly modules?: readonly ModuleGrant[];
  /** Time limit of one call, in ms; absent for none. */
  readonly timeoutMs?: number;
  /** Size limit of each linear memory, in bytes; absent for the engine's own. */
  readonly maxMemoryBytes?: number;
  /** Size of the engine's call stack, in KiB; absent for the engine's default. */
  readonly stackKiB?: number;
  /** The engine that the instance is made on; absent for jco. See {@link engineOf}. */
  readonly engine?: EngineName;
}

/** The engine that an instance with a profile is made on. */
export function engineOf({ engine = 'jco' }: Profile): EngineName {
  return engine;
}

/** A host directory that the guest sees. */
export interface DirectoryGrant {
  /** Absolute path on the host. */
  readonly host: string;
  /** Where the guest sees it, such as `/data`. */
  readonly guest: string;
  readonly readOnly: boolean;
}

/** A JavaScript module that provides an imported interface. */
export interface ModuleGrant {
  /**
   * The name of the interface, such as `samples:workshop/thermometer`. Without a version it matches every
   * version.
   */
  readonly interface: string;
  /** Absolute path of an ES module that exports the functions of the interface under lowerCamelCase names. */
  readonly path: string;
}

/** The source of the guest's standard input. `terminal` is what the caller writes to the instance. */
export type StdinSource =
  | { readonly type: 'terminal' }
  | { readonly type: 'empty' }
  | { readonly type: 'file'; readonly path: string };

/** A key of what an instance is made with: the whole profile but arguments, environment and time limit. */
export function grantsKey(profile: Profile): string {
  const { dirs, network, stdin, modules, maxMemoryBytes, stackKiB } = profile;
  return JSON.stringify([dirs, network, stdin, modules, maxMemoryBytes, stackKiB, engineOf(profile)]);
}

/**
 * The profile of a call: the `given` arguments, environment and time limit, and the grants that the instance
 * was made with.
 */
export function callProfile({ timeoutMs: _, ...made }: Profile, given: Profile): Profile {
  const { args, env, timeoutMs } = given;
  return { ...made, args, env, ...defined({ timeoutMs }) };
}

/** A run with a terminal and nothing else. */
export const bareProfile: Profile = {
  args: [],
  env: {},
  dirs: [],
  network: false,
  stdin: { type: 'terminal' },
};

import { basename } from 'node:path';
import type { EngineLack } from '../../component/engine-lack';
import { err, ok, type Result } from '../../base/result';
import type { EngineFeature } from '../../component/needed-features';
import { isWasi03, parseInterfaceName } from '../../component/wasi';
import type { Profile } from '../../instance/profile';
import type { WasmtimeProgram } from './program';

/** What a component needs of the program, as its file says. */
export interface ComponentNeeds {
  /** The names of all interfaces that it imports or exports. */
  readonly interfaces: readonly string[];
  /** The names of those that it imports. */
  readonly imports: readonly string[];
  readonly features: ReadonlySet<EngineFeature>;
}

/** What makes one lack of another that says what version it is. */
type Lacking = EngineLack extends infer L
  ? L extends EngineLack
    ? Omit<L, 'engine' | 'version'>
    : never
  : never;

/** Why a program cannot do something. */
export function lackOf({ version }: Pick<WasmtimeProgram, 'version'>, lacking: Lacking): EngineLack {
  return { engine: 'wasmtime', version, ...lacking };
}

/**
 * The options of `wasmtime run` for a component with a profile, up to the file. Grants exactly what the profile grants, and says what the
 * program cannot do of it.
 *
 * What each option does was read in `wasmtime run --help`, `-S help` and `-W help` of 36 to 49. Without any, a guest gets its streams,
 * clocks and random numbers, and no directory, variable or network: TCP and UDP are there, but every address and every name is refused.
 */
export function optionsFor(
  program: WasmtimeProgram,
  profile: Profile,
  needs: ComponentNeeds,
): Result<readonly string[], EngineLack> {
  const refused = refusedGrant(program, profile, needs);
  if (refused !== null) return err(refused);
  const wanted = [...languageOptions(needs), ...limitOptions(profile), ...networkOptions(profile, needs)];
  const missing = wanted.find(
    ({ kind, name, optional }) => !program.options[kind].has(name) && optional !== true,
  );
  if (missing !== undefined)
    return err(lackOf(program, { what: 'option', option: `-${missing.kind} ${missing.name}` }));
  return ok([
    ...wanted
      .filter(({ kind, name }) => program.options[kind].has(name))
      .flatMap(({ kind, name, value }) => [`-${kind}`, `${name}=${value}`]),
    // As one word each: a value may begin with a dash.
    ...profile.dirs.map(({ host, guest }) => `--dir=${host}::${guest}`),
    ...Object.entries(profile.env).map(([name, value]) => `--env=${name}=${value}`),
  ]);
}

/** The name that the guest sees as its own, as on other engines. */
export function argv0Option(profile: Profile, path: string): string {
  return `--argv0=${profile.argv0 ?? basename(path)}`;
}

function refusedGrant(
  program: WasmtimeProgram,
  profile: Profile,
  { imports }: ComponentNeeds,
): EngineLack | null {
  const { dirs, modules = [], network } = profile;
  const [module] = modules;
  if (module !== undefined) return lackOf(program, { what: 'import-modules', interface: module.interface });
  const readOnly = dirs.find((dir) => dir.readOnly);
  if (readOnly !== undefined) return lackOf(program, { what: 'read-only-directory', guest: readOnly.guest });
  // wasmtime takes the first two colons for the end of the host's path, and would grant another directory.
  const odd = dirs.find(({ host }) => host.includes('::'));
  if (odd !== undefined) return lackOf(program, { what: 'directory-name', host: odd.host });
  // `-S http` sends requests by itself: it asks neither for addresses nor for `inherit-network`.
  if (!network && imports.some(sendsRequests)) return lackOf(program, { what: 'http-without-network' });
  return null;
}

/** Whether an import is what requests are sent with: `outgoing-handler` of WASI 0.2, `client` of 0.3 (`handler` in its drafts). */
function sendsRequests(name: string): boolean {
  const parts = parseInterfaceName(name);
  return isHttp(name) && ['outgoing-handler', 'client', 'handler'].includes(parts?.interface ?? '');
}

function isHttp(name: string): boolean {
  const parts = parseInterfaceName(name);
  return parts?.namespace === 'wasi' && parts.package === 'http';
}

interface Option {
  readonly kind: 'W' | 'S';
  readonly name: string;
  readonly value: string;
  /** It may be left out where the program does not have it: it then does the same by itself, or says why not. */
  readonly optional?: true;
}

function languageOptions({ interfaces, features }: ComponentNeeds): readonly Option[] {
  const is03 = interfaces.some(isWasi03);
  const wanted = is03 ? new Set([...features, 'component-model-async'] as const) : features;
  return [
    ...[...wanted].map((name): Option => ({
      kind: 'W',
      name,
      value: 'y',
      ...(isYoung(name) ? { optional: true } : {}),
    })),
    ...(is03 ? [{ kind: 'S', name: 'p3', value: 'y' } as const] : []),
    ...(interfaces.some((name) => name.includes('cli/exit')) ? [exitCodes] : []),
  ];
}

const exitCodes: Option = { kind: 'S', name: 'cli-exit-with-code', value: 'y', optional: true };

/** Features that are a part of another one in versions without an option of their own. */
function isYoung(name: EngineFeature): boolean {
  return (
    name === 'component-model-more-async-builtins' || name === 'shared-memory' || name === 'multi-memory'
  );
}

function limitOptions({ timeoutMs, maxMemoryBytes, stackKiB }: Profile): readonly Option[] {
  const option = (name: string, value: string): Option => ({ kind: 'W', name, value });
  const stack = stackKiB === undefined ? undefined : stackKiB * 1024;
  return [
    // Counts from when the code is compiled.
    ...(timeoutMs === undefined ? [] : [option('timeout', `${String(timeoutMs)}ms`)]),
    ...(maxMemoryBytes === undefined
      ? []
      : [option('max-memory-size', String(maxMemoryBytes)), option('trap-on-grow-failure', 'y')]),
    // The guest runs on a stack of wasmtime's that has to hold more than the guest's own frames.
    ...(stack === undefined
      ? []
      : [option('max-wasm-stack', String(stack)), option('async-stack-size', String(stack + (1 << 20)))]),
  ];
}

function networkOptions({ network }: Profile, { imports }: ComponentNeeds): readonly Option[] {
  const option = (name: string): Option => ({ kind: 'S', name, value: 'y' });
  return [
    ...(network ? [option('inherit-network'), option('allow-ip-name-lookup')] : []),
    ...(imports.some(isHttp) ? [option('http')] : []),
  ];
}

import { record, records } from './dap';

type Arguments = Readonly<Record<string, unknown>>;

/** What breakpoints were asked for, by file, so that one more can be set for a while. */
export class BreakpointRequests {
  readonly #asked = new Map<string, Arguments>();

  /** Takes note of the arguments of a `setBreakpoints` request, which are all breakpoints of a file. */
  note(args: Arguments): void {
    const { path } = record(args.source);
    if (typeof path === 'string') this.#asked.set(plainPath(path), args);
  }

  /** How many breakpoints there are in files of these paths. */
  countIn(paths: ReadonlySet<string>): number {
    const args = [...this.#asked].filter(([path]) => paths.has(path)).map(([, each]) => each);
    return args.reduce((sum, each) => sum + records(each.breakpoints).length, 0);
  }

  /**
   * The arguments that set what was asked for in a file, and a breakpoint on one line more if it is given; null if the guest has no such
   * source. `loaded` is the answer to `loadedSources`: a request of ours has to name a source as the window does.
   */
  arguments(path: string, loaded: unknown, line?: number): Arguments | null {
    const source = records(record(loaded).sources).find(
      (each) => typeof each.path === 'string' && plainPath(each.path) === path,
    );
    if (source === undefined) return null;
    const breakpoints = records(this.#asked.get(path)?.breakpoints);
    const isThere = line === undefined || breakpoints.some((breakpoint) => breakpoint.line === line);
    return { source, breakpoints: isThere ? breakpoints : [...breakpoints, { line }] };
  }
}

/** In a remote window, the protocol has URIs where it otherwise has paths. */
export function plainPath(path: string): string {
  return /^[\w-]{2,}:\/\//.test(path) ? decodeURIComponent(new URL(path).pathname) : path;
}

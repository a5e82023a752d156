import type { AnyDescriptor } from './read-only';

interface Datetime {
  readonly seconds: bigint;
  readonly nanoseconds: number;
}

/** `new-timestamp` of wasi:filesystem. */
type NewTimestamp =
  { readonly tag: 'no-change' | 'now' } | { readonly tag: 'timestamp'; readonly val: Datetime };

/** The times of a file, as far as they can be set. */
interface Times {
  readonly dataAccessTimestamp?: Datetime;
  readonly dataModificationTimestamp?: Datetime;
}

/**
 * Lets guests of WASI 0.2 set the times of files. What is wrong in preview2-shim 0.26.1: `setTimes` gives milliseconds where Node wants
 * seconds, so that files are of the year 2446; `now` is the year 1970; and `setTimesAt` takes times that do not change from the directory, not
 * from the file. Node keeps times to about 240 ns.
 */
export function mendFileTimes(prototype: AnyDescriptor): void {
  const { setTimes, setTimesAt, stat, statAt } = prototype;
  prototype.setTimes = function (this: unknown, access, modification) {
    const known = timesOf([access, modification], () => stat?.call(this));
    return setTimes?.call(this, ...known.map(asMicroseconds));
  };
  prototype.setTimesAt = function (this: unknown, flags, path, access, modification) {
    const known = timesOf([access, modification], () => statAt?.call(this, flags, path));
    return setTimesAt?.call(this, flags, path, ...known);
  };
}

/** The two times as timestamps. Calls `stat` only where one of them does not change. */
function timesOf(wanted: readonly unknown[], stat: () => unknown): readonly NewTimestamp[] {
  const [access, modification] = wanted as readonly [NewTimestamp, NewTimestamp];
  const unchanged = access.tag === 'no-change' || modification.tag === 'no-change';
  const before = (unchanged ? stat() : {}) as Times;
  return [
    timestampOf(access, before.dataAccessTimestamp),
    timestampOf(modification, before.dataModificationTimestamp),
  ];
}

function timestampOf(wanted: NewTimestamp, before: Datetime | undefined): NewTimestamp {
  if (wanted.tag === 'timestamp') return wanted;
  if (wanted.tag === 'no-change' && before !== undefined) return { tag: 'timestamp', val: before };
  const ms = Date.now();
  const val = { seconds: BigInt(Math.floor(ms / 1000)), nanoseconds: (ms % 1000) * 1_000_000 };
  return { tag: 'timestamp', val };
}

/** The shim makes milliseconds of a timestamp and gives them to Node as seconds: here a thousandth of the time, in nanoseconds alone. */
function asMicroseconds(time: NewTimestamp): NewTimestamp {
  if (time.tag !== 'timestamp') return time;
  const { seconds, nanoseconds } = time.val;
  const val = { seconds: 0n, nanoseconds: Number(seconds) * 1e6 + nanoseconds / 1000 };
  return { tag: 'timestamp', val };
}

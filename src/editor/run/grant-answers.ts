// The adapter between the pickers and the grammar of grants: what a typed answer makes of a profile.
import { ok, type Result } from '../../base/result';
import { parseCommandLine } from '../../calls/command-line';
import {
  formatDuration,
  formatSize,
  parseDirectory,
  parseDuration,
  parseSize,
  type GrantError,
} from '../../calls/grants';
import type { Profile } from '../../instance/profile';

/** A line of variables and arguments. */
export function withCommandLine(profile: Profile, line: string): Result<Profile, GrantError> {
  const parsed = parseCommandLine(line);
  if (parsed.ok) return ok({ ...profile, ...parsed.value });
  return { ok: false, error: { piece: 'args', problem: 'quote', value: line, ...parsed.error } };
}

/** A directory in place of one that the guest sees under the same path. */
export function withDirectory(
  profile: Profile,
  host: string,
  guest: string,
  readOnly: boolean,
): Result<Profile, GrantError> {
  const dir = parseDirectory({ host, guest, readOnly }, (path) => path);
  if (!dir.ok) return dir;
  return ok({ ...profile, dirs: [...profile.dirs.filter((other) => other.guest !== guest), dir.value] });
}

/** A time limit, or none for an empty answer. */
export function withTimeLimit(profile: Profile, answer: string): Result<Profile, GrantError> {
  const { timeoutMs: _, ...rest } = profile;
  if (answer.trim() === '') return ok(rest);
  const timeout = parseDuration('timeout', answer);
  return timeout.ok ? ok({ ...rest, timeoutMs: timeout.value }) : timeout;
}

/** A memory limit, or none for an empty answer. */
export function withMemoryLimit(profile: Profile, answer: string): Result<Profile, GrantError> {
  const { maxMemoryBytes: _, ...rest } = profile;
  if (answer.trim() === '') return ok(rest);
  const size = parseSize(answer);
  return size.ok ? ok({ ...rest, maxMemoryBytes: size.value }) : size;
}

/** The time limit as it can be typed; empty for none. */
export function timeLimitText({ timeoutMs }: Profile): string {
  return timeoutMs === undefined ? '' : formatDuration(timeoutMs);
}

/** The memory limit as it can be typed; empty for none. */
export function memoryLimitText({ maxMemoryBytes }: Profile): string {
  return maxMemoryBytes === undefined ? '' : formatSize(maxMemoryBytes);
}

import { isatty } from 'node:tty';
import type { InheritedIo } from '../engine/guest-io';

/** The streams of a guest that has this process's own. */
export function ownStreams(): InheritedIo {
  return { inherit: { stdin: isatty(0), stdout: isatty(1), stderr: isatty(2) } };
}

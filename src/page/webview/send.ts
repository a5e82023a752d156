import type { PageRequest } from '../messages';
import { host } from './state';

/** Asks something of the extension. */
export function send(request: PageRequest): void {
  host.postMessage(request);
}

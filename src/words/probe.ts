import type { LastingGrants } from '../calls/probe-grants';
import { t } from './t';

/** Asks whether a probe may have the grants that let its runs change something. */
export function probeConsentText(name: string, { writable, network }: LastingGrants): string {
  const dirs = writable.map(({ host }) => host).join(', ');
  if (!network) return t('A probe runs {0} up to three times. Its profile lets it write to {1}.', name, dirs);
  if (writable.length === 0)
    return t('A probe runs {0} up to three times. Its profile grants it the network.', name);
  return t(
    'A probe runs {0} up to three times. Its profile grants it the network and lets it write to {1}.',
    name,
    dirs,
  );
}

import { assertNever } from '../base/assert-never';
import type { EngineLack } from '../component/engine-lack';
import { t } from './t';

/** What an engine cannot do, as a clause: "wasmtime 49.0.3 cannot grant a directory read-only, which /data is to be; …". */
export function engineLackText(lack: EngineLack): string {
  const { version } = lack;
  switch (lack.what) {
    case 'read-only-directory':
      return t(
        'wasmtime {0} cannot grant a directory read-only, as {1} is to be; grant it read-write, or use the engine jco',
        version,
        lack.guest,
      );
    case 'directory-name':
      return t('wasmtime {0} cannot grant {1}, since its path contains "::"', version, lack.host);
    case 'import-modules':
      return t(
        'wasmtime {0} cannot take JavaScript modules for imports, as {1} needs; use the engine jco',
        version,
        lack.interface,
      );
    case 'http-without-network':
      return t(
        'it imports wasi:http, with which wasmtime {0} grants the network, and the network is not granted',
        version,
      );
    case 'debugging':
      return t('debugging works on the engine jco, not on wasmtime {0}', version);
    case 'counting-calls':
      return t('calls of the host are counted on the engine jco, not on wasmtime {0}', version);
    case 'option':
      return t(
        'it needs the option {0}, which wasmtime {1} does not have; a later version may have it',
        lack.option,
        version,
      );
    case 'ambiguous-name':
      return t(
        'wasmtime {0} takes the name of a function without its interface, and {1} is the name of several; wasmtime 47 and later take both',
        version,
        lack.func,
      );
    case 'handles':
      return t(
        'wasmtime {0} takes and returns values as text, and {1} has resources, streams or futures; use the engine jco',
        version,
        lack.func,
      );
    case 'later-calls':
      return t('wasmtime {0} keeps no instance after a call; use the engine jco', version);
    default:
      return assertNever(lack);
  }
}

/** Where wasmtime's own documentation says how to install it. */
export const wasmtimeInstallUrl = 'https://docs.wasmtime.dev/cli-install.html';

/** How to get a wasmtime, as a sentence. */
export function getWasmtimeText(): string {
  return t('{0} says how to install it.', wasmtimeInstallUrl);
}

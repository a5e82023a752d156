import type { CoreModule } from '../core-module';
import { orNull } from '../optional';
import type { ModuleRole } from './structure';

/**
 * What a core module in a component is there for. Told by the imports and exports that wit-component gives to the modules that it adds,
 * which are there in stripped files too.
 */
export function moduleRole(module: CoreModule): ModuleRole {
  return orNull(() => roleOf(module)) ?? 'main';
}

/** The table through which the functions of the shim call those that exist later. */
const trampolines = '$imports';

function roleOf(module: CoreModule): ModuleRole {
  if (module.exports.has(trampolines)) return 'shim';
  if (module.imports.some(({ name }) => name === trampolines)) return 'fixups';
  const isAdapter =
    module.name?.startsWith('wit-component:adapter:') === true ||
    module.imports.some((each) => each.module === '__main_module__');
  return isAdapter ? 'adapter' : 'main';
}

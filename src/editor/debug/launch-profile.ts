import type { Grants } from '../../calls/grants';
import { bareProfile, type Profile } from '../../instance/profile';
import { settings } from '../settings/settings';

/**
 * What a launched call is given and granted: the launch configuration, then the JavaScript modules of the settings. Without an engine in the
 * configuration, debugging is on jco, and a run without debugging on the engine of the settings.
 * @param path of the component
 */
export function launchProfile(grants: Grants, path: string, isDebugged: boolean): Profile {
  // The first module for an interface counts, so the launch configuration comes before the settings.
  const modules = [...(grants.modules ?? []), ...settings.importModules(path).modules];
  const engine = isDebugged ? 'jco' : settings.engine(path);
  return {
    ...bareProfile,
    ...(engine === 'jco' ? {} : { engine }),
    ...grants,
    ...(modules.length === 0 ? {} : { modules }),
  };
}

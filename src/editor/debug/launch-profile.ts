import type { Grants } from '../../calls/grants';
import { bareProfile, type Profile } from '../../instance/profile';
import { settings } from '../settings/settings';

/**
 * What a debugged call is given and granted: the launch configuration, then the JavaScript modules of the settings.
 * @param path of the component
 */
export function launchProfile(grants: Grants, path: string): Profile {
  // The first module for an interface counts, so the launch configuration comes before the settings.
  const modules = [...(grants.modules ?? []), ...settings.importModules(path).modules];
  return { ...bareProfile, ...grants, ...(modules.length === 0 ? {} : { modules }) };
}

import nodePath, { type PlatformPath } from 'node:path';
import { err, ok, type Result } from '../../base/result';
import { defined } from '../../base/defined';
import { readGrants, type GrantError, type Grants } from '../../calls/grants';
import { grantErrorText } from '../../words/grants';
import { launchAttributeText, type LaunchAttribute } from '../../words/launch';

export const debugType = 'wasi-component';

/** What a launch configuration asks for, checked. */
export interface Launch {
  /** Absolute path of the component. */
  readonly component: string;
  /** The exported interface whose `run` is called; absent for the one that Run takes. */
  readonly export?: string;
  /** What is given and granted; the rest is as in a bare run. */
  readonly grants: Grants;
  readonly instance: 'fresh' | 'current';
  readonly stopOnEntry: boolean;
  readonly stopOnTrap: boolean;
  /** Paths in the debug information, and where they are on this machine. */
  readonly sourceMap: Readonly<Record<string, string>>;
}

/** An attribute that cannot be read. */
export type LaunchError =
  { readonly attribute: LaunchAttribute; readonly value: unknown } | { readonly grant: GrantError };

/** Says what is wrong with a launch configuration and what belongs there. */
export function launchErrorText(error: LaunchError): string {
  return 'grant' in error
    ? grantErrorText(error.grant, 'launch')
    : launchAttributeText(error.attribute, error.value);
}

/**
 * Checks a launch configuration after VS Code has replaced its variables.
 * @param folder absolute path; relative paths start there. Without one they stay as they are.
 * @param platform the path functions of the system
 */
export function readLaunch(
  given: Readonly<Record<string, unknown>>,
  folder: string | undefined,
  platform: PlatformPath = nodePath,
): Result<Launch, LaunchError> {
  const absolute = (path: string) => (folder === undefined ? path : platform.resolve(folder, path));
  const { component, export: called, instance, stopOnEntry, stopOnTrap, sourceMap } = given;
  const wrong = (attribute: LaunchAttribute) => err({ attribute, value: given[attribute] });
  if (typeof component !== 'string' || component === '') return wrong('component');
  if (called !== undefined && typeof called !== 'string') return wrong('export');
  const { grants, errors } = readGrants(given, absolute);
  const [error] = errors;
  if (error !== undefined) return err({ grant: error });
  if (instance !== undefined && instance !== 'fresh' && instance !== 'current') return wrong('instance');
  if (stopOnEntry !== undefined && typeof stopOnEntry !== 'boolean') return wrong('stopOnEntry');
  if (stopOnTrap !== undefined && typeof stopOnTrap !== 'boolean') return wrong('stopOnTrap');
  if (!isSourceMap(sourceMap)) return wrong('sourceMap');
  return ok({
    component: absolute(component),
    ...defined({ export: called?.replace(/#run$/, '') }),
    grants,
    instance: instance ?? 'fresh',
    stopOnEntry: stopOnEntry ?? false,
    stopOnTrap: stopOnTrap ?? true,
    sourceMap: sourceMap ?? {},
  });
}

function isSourceMap(value: unknown): value is Readonly<Record<string, string>> | undefined | null {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.values(value).every((path) => typeof path === 'string');
}

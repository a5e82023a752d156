import { t } from './t';
import { shownValue } from './shown-value';

/** The attributes of a launch configuration that are no grants. */
export type LaunchAttribute =
  'component' | 'export' | 'instance' | 'stopOnEntry' | 'stopOnTrap' | 'sourceMap';

/** Says which attribute of a launch configuration is wrong and what belongs there. */
export function launchAttributeText(attribute: LaunchAttribute, value: unknown): string {
  const subject = t('"{0}" in the launch configuration', attribute);
  const found = shownValue(value);
  switch (attribute) {
    case 'component':
      return t('{0} takes the path of a .wasm file, not {1}.', subject, found);
    case 'export':
      return t(
        '{0} takes the name of an exported interface such as "wasi:cli/run@0.2.3", not {1}.',
        subject,
        found,
      );
    case 'instance':
      return t('{0} takes "fresh" or "current", not {1}.', subject, found);
    case 'stopOnEntry':
    case 'stopOnTrap':
      return t('{0} takes true or false, not {1}.', subject, found);
    case 'sourceMap':
      return t('{0} takes paths by path, not {1}.', subject, found);
  }
}

import type { State } from '../instance/life';
import { trapText } from './outcome';
import { startFailureText } from './start-failure';
import { t } from './t';

/** Says why a component has no instance that is ready, by the state that its start ended in. */
export function notStartedText(name: string, state: State): string {
  return t('{0} could not start: {1}', name, notReadyText(state));
}

/** The same for a component with missing imports, with what to do about them. */
export function missingImportsAdvice(name: string, state: State, setting: string): string {
  return t(
    '{0} could not start: {1}. Name a JavaScript module that provides it in the setting {2}.',
    name,
    notReadyText(state),
    setting,
  );
}

function notReadyText(state: State): string {
  switch (state.type) {
    case 'failed':
      return startFailureText(state.failure);
    case 'trapped':
      return trapText(state.trap);
    case 'exited':
      return t('its start function ended it');
    default:
      return t('its state is {0}', state.type);
  }
}

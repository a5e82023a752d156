import { t } from './t';

/** Whether a call of run is the second of two, or one that is repeated. */
export type SecondRunKind = 'second' | 'repeated';

/** The message about a second run of a component that is not known. */
export function unknownComponentText(kind: SecondRunKind): string {
  return kind === 'repeated'
    ? t(
        'This run is repeated on one instance. Most commands can run only once per instance and then trap. The component is not known here.',
      )
    : t(
        'This is a second run on the same instance. Most commands can run only once per instance and then trap. The component is not known here.',
      );
}

/** The message about a second run that would trap, or probably would. */
export function trappingRunText(kind: SecondRunKind, name: string, certain: boolean, reason: string): string {
  if (kind === 'repeated')
    return certain
      ? t('This run of {0} is repeated on one instance and would trap: {1}.', name, reason)
      : t('This run of {0} is repeated on one instance and would probably trap: {1}.', name, reason);
  return certain
    ? t('This is a second run of {0} on the same instance and would trap: {1}.', name, reason)
    : t('This is a second run of {0} on the same instance and would probably trap: {1}.', name, reason);
}

/** The message about a second run whose outcome is not known. */
export function undecidedRunText(kind: SecondRunKind, name: string, reason: string): string {
  return kind === 'repeated'
    ? t(
        'This run of {0} is repeated on one instance. It is not known whether it would trap: {1}.',
        name,
        reason,
      )
    : t(
        'This is a second run of {0} on the same instance. It is not known whether it would trap: {1}.',
        name,
        reason,
      );
}

/** Other texts about second runs in host code. */
export const secondRunText = {
  lensUndecided: () => t('second run on this instance may trap'),
  lensTraps: () => t('second run on this instance would trap — Run in Fresh Instance'),
  lensProbablyTraps: () => t('second run on this instance would probably trap — Run in Fresh Instance'),
  tooDeep: () => t('This file was not checked for repeated runs because its code is nested too deeply.'),
  madeHere: () => t('the instance is made here'),
  firstRun: () => t('the first run'),
  calledFrom: () => t('called from here'),
  fixInsideLoop: () => t('Make a fresh instance inside the loop'),
  fixBeforeCall: () => t('Make a fresh instance before this call'),
  runFresh: (name: string) => t('Run {0} in Fresh Instance', name),
  why: () => t('Why would it trap?'),
};

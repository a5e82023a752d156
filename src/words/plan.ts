import type { Instance } from '../instance/registry';
import { t } from './t';

/** Says why a call was not made on the instance that the user picked. */
export function otherGrants(name: string, picked: Instance, fresh: Instance): string {
  return t(
    'The grants of {0} have changed since instance #{1} was made, so fresh instance #{2} is called.',
    name,
    picked.number,
    fresh.number,
  );
}

/** Says why a handle such as `$1` cannot be used: it is on an instance with other grants. */
export function handleOnOther(handle: string, name: string, instance: number): string {
  return t(
    '`{0}` is on instance #{1}, and the grants of {2} have changed since it was made. Repeat the call that returned it.',
    handle,
    instance,
    name,
  );
}

/** Says why the handles of an instance cannot be used: it has other grants. */
export function handlesOnOther(name: string, instance: Instance): string {
  return t(
    'The handles of instance #{0} cannot be used: the grants of {1} have changed since it was made.',
    instance.number,
    name,
  );
}

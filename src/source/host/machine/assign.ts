import { assertNever } from '../../../base/assert-never';
import type { BindCode, Target } from '../code';
import type { State } from '../state';
import { instanceOf, type Value } from '../values';
import { memberOf } from './objects';
import type { Walk } from './context';

/** Does what an assignment or declaration does, and gives its value. */
export function bind(walk: Walk, code: BindCode, state: State): Value {
  if (code.how === 'assign-if-empty' && code.target.type === 'name') {
    const present = walk.scopes.lookup(code.target.name, state)?.value;
    if (present !== undefined && instanceOf(present) !== undefined) return present;
  }
  const value = walk.evaluate(code.value, state);
  if (!state.dead) assign(walk, code.target, value, code, state);
  return value;
}

/** Puts a value, or its parts, where it goes. `code` is the statement that does so; none for parameters and what a loop iterates with. */
export function assign(
  walk: Walk,
  target: Target,
  value: Value,
  code: BindCode | undefined,
  state: State,
): void {
  switch (target.type) {
    case 'name': {
      const isEmpty = value.type === 'items' && value.items.length === 0;
      const taken = isEmpty ? walk.scopes.unknown() : value;
      const isNew = taken.type === 'unknown' && taken.hint === undefined;
      const named = isNew ? { ...taken, hint: target.of ?? target.name } : taken;
      walk.scopes.bind(target.name, named, state, code);
      return;
    }
    case 'fields':
      for (const [key, inner] of target.fields)
        assign(walk, inner, key === '*' ? value : memberOf(walk, value, key, state), code, state);
      return;
    case 'items':
      target.items.forEach((inner, index) => {
        assign(walk, inner, itemOf(value, index) ?? walk.scopes.unknown(), code, state);
      });
      return;
    case 'member': {
      const object = walk.evaluate(target.object, state);
      if (target.key !== undefined && 'id' in object)
        state.setCell(`${object.id}.${target.key}`, { value, bind: code, scope: undefined });
      if (target.object.op === 'name') state.forget(target.object.name);
      return;
    }
    case 'none':
      return;
    default:
      assertNever(target);
  }
}

function itemOf(value: Value, index: number): Value | undefined {
  if (value.type === 'items') return value.items[index];
  return instanceOf(value) === undefined && value.type !== 'export-index' ? undefined : value;
}

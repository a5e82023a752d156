import type { BindCode, Code, RecordCode } from '../code';
import type { State } from '../state';
import { instanceOf, type Value } from '../values';
import type { Walk } from './context';

/** The value of a member; `key` is undefined if it is computed. */
export function memberOf(walk: Walk, object: Value, key: string | undefined, state: State): Value {
  if (key === undefined) return walk.scopes.unknown();
  if (object.type === 'either') {
    const values = object.values.map((value) => memberOf(walk, value, key, state));
    const [first] = values;
    return values.length > 1 ? { type: 'either', values } : (first ?? walk.scopes.unknown());
  }
  if (object.type === 'items') return object.items[Number(key)] ?? walk.scopes.unknown();
  const hasFields = object.type === 'object' || object.type === 'unknown';
  const kept = hasFields ? state.cell(`${object.id}.${key}`)?.value : undefined;
  return (
    kept ??
    methodOf(walk, object, key) ??
    walk.semantics.member(object, key) ??
    (hasFields ? { type: 'unknown', id: `${object.id}.${key}` } : walk.scopes.unknown())
  );
}

function methodOf(walk: Walk, object: Value, key: string): Value | undefined {
  const named = object.type === 'unknown' ? walk.roots.classNamed(object.hint) : undefined;
  const owner = object.type === 'class' ? object : object.type === 'object' ? object.of : named;
  const fn = owner?.declared.methods.find(({ name }) => name === key);
  if (owner === undefined || fn === undefined) return undefined;
  const self = object.type === 'class' ? undefined : object;
  return { type: 'function', closure: { fn, scope: owner.scope, self } };
}

/** An object written with its fields. */
export function makeRecord(walk: Walk, { type, fields }: RecordCode, state: State): Value {
  const named = type === undefined ? undefined : walk.scopes.lookup(type, state)?.value;
  const id = walk.scopes.newId();
  for (const [key, code] of fields)
    state.setCell(`${id}.${key}`, { value: walk.evaluate(code, state), bind: undefined, scope: undefined });
  return { type: 'object', id, of: named?.type === 'class' ? named : undefined };
}

/** Does what an assignment or declaration does, and gives its value. */
export function bind(walk: Walk, code: BindCode, state: State): Value {
  if (code.how === 'assign-if-empty' && code.target.op === 'name') {
    const present = walk.scopes.lookup(code.target.name, state)?.value;
    if (present !== undefined && instanceOf(present) !== undefined) return present;
  }
  const value = walk.evaluate(code.value, state);
  if (!state.dead) assign(walk, code.target, value, state, code);
  return value;
}

/** Puts a value, or its parts, where it goes. `code` is the statement that does so; parameters have none. */
export function assign(walk: Walk, target: Code, value: Value, state: State, code?: BindCode): void {
  switch (target.op) {
    case 'name': {
      const isEmpty = value.type === 'items' && value.items.length === 0;
      const taken = isEmpty ? walk.scopes.unknown() : value;
      const isNew = taken.type === 'unknown' && taken.hint === undefined;
      const named = isNew ? { ...taken, hint: target.of ?? target.name } : taken;
      walk.scopes.bind(target.name, named, state, code);
      return;
    }
    case 'record':
      for (const [key, inner] of target.fields)
        assign(walk, inner, key === '*' ? value : memberOf(walk, value, key, state), state, code);
      return;
    case 'parts':
      target.parts.forEach((inner, index) => {
        assign(walk, inner, itemOf(value, index) ?? walk.scopes.unknown(), state, code);
      });
      return;
    case 'member': {
      const object = walk.evaluate(target.object, state);
      if (target.key !== undefined && 'id' in object)
        state.setCell(`${object.id}.${target.key}`, { value, bind: code, scope: undefined });
      if (target.object.op === 'name') state.forget(target.object.name);
      return;
    }
    default:
  }
}

function itemOf(value: Value, index: number): Value | undefined {
  if (value.type === 'items') return value.items[index];
  return instanceOf(value) === undefined && value.type !== 'export-index' ? undefined : value;
}

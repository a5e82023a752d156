import type { ByteReader } from './bytes';
import type { NamedDef } from './definitions';
import { nameSubsections } from './names';
import type { ComponentScope } from './scope';

/**
 * Takes the content of a component-name section (component model, Binary.md, name section): the component's own name, and those of its
 * modules, components and instances. What was read before an error stays.
 */
export function takeComponentNames(content: ByteReader, scope: ComponentScope): void {
  const { component } = scope;
  for (const { id, content: subsection } of nameSubsections(content)) {
    if (id === 0) component.name = subsection.name();
    if (id !== 1) continue;
    const space = takeSpace(subsection, scope);
    subsection.list(() => {
      const def = space[subsection.u32()];
      const name = subsection.name();
      // An export is a definition of its own, by another index, of what is named already.
      if (def !== undefined && !component.names.has(def)) component.names.set(def, name);
    });
  }
}

/** Takes a sort and gives its index space, an empty one for sorts whose names nothing uses. */
function takeSpace(reader: ByteReader, scope: ComponentScope): readonly NamedDef[] {
  switch (reader.u8()) {
    case 0: {
      const core = reader.u8();
      return core === 0x11 ? scope.modules : core === 0x12 ? scope.coreInstances : [];
    }
    case 4:
      return scope.components;
    case 5:
      return scope.instances;
    default:
      return [];
  }
}

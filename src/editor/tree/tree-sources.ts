import type { Callable } from '../../component/wave/export-lookup';
import type { LiveHandle } from '../../calls/handle-table';
import type { Knowledge } from '../../calls/knowledge';
import type { EngineName } from '../../instance/profile';
import type { InstanceId, InstanceRegistry } from '../../instance/registry';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent } from '../components/known-component';
import type { TerminalState } from '../terminal/terminal-registry';

/** What the tree reads. */
export interface TreeSources {
  readonly library: ComponentLibrary;
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
  /** The functions that a component exports; rejects where they cannot be read. */
  readonly exportsOf: (component: KnownComponent) => Promise<readonly Callable[]>;
  /** The imports of a component that neither WASI nor a module of the settings provides. */
  readonly missingImports: (component: KnownComponent) => Promise<readonly string[]>;
  /** The engine that a component would be run on. */
  readonly engineOf: (path: string) => EngineName;
  /** The resources that calls on an instance returned and that are still there. */
  readonly handlesOf: (id: InstanceId) => readonly LiveHandle[];
  /** Whether an instance has a terminal that can be shown, and whether that shows all of the output. */
  readonly terminalState: (id: InstanceId) => TerminalState;
}

/** Exports of a component. Those that cannot be read are no reason for a tree without rows: what is wrong with a file is in its own row. */
export async function exportsIn(
  path: string,
  { library, exportsOf }: TreeSources,
): Promise<readonly Callable[]> {
  const component = library.get(path);
  if (component?.content.type !== 'component') return [];
  return await exportsOf(component).catch(() => []);
}

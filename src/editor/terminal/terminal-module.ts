import { DisposableStore, type Disposable } from '../../base/disposable';
import type { EngineModule } from '../engine/engine-module';
import { TerminalRegistry } from './terminal-registry';
import { TrapLinks } from './trap-links';

/** The terminals of this window's instances. */
export interface TerminalModule extends Disposable {
  readonly terminals: TerminalRegistry;
}

/** Makes the terminals, which pass what is typed to the engine. */
export function createTerminals({ engine, registry }: EngineModule): TerminalModule {
  const owned = new DisposableStore();
  const terminals = owned.add(
    new TerminalRegistry({
      input: (id, bytes) => {
        engine.writeStdin(id, bytes);
      },
      inputEnd: (id) => {
        engine.endStdin(id);
      },
      stop: (id) => void engine.stop(id, { type: 'user' }),
    }),
  );
  owned.add(new TrapLinks(terminals, registry));
  return {
    terminals,
    dispose: () => {
      owned.dispose();
    },
  };
}

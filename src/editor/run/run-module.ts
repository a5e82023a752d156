import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Instance } from '../../instance/registry';
import type { ComponentsModule } from '../components/components-module';
import type { EngineModule } from '../engine/engine-module';
import type { TerminalModule } from '../terminal/terminal-module';
import { InstanceEnder } from './instance-ender';
import { InstanceStarter } from './instance-starter';
import { ProbeService } from './probe-service';
import { RunService } from './run-service';

/** Runs of components, what they are granted, and probes. */
export interface RunModule extends Disposable {
  readonly starter: InstanceStarter;
  readonly ender: InstanceEnder;
  readonly runs: RunService;
  readonly probes: ProbeService;
}

/** What runs are made with. */
export interface RunModuleParts {
  readonly log: vscode.LogOutputChannel;
  readonly core: EngineModule;
  readonly components: ComponentsModule;
  readonly terminals: TerminalModule;
  /** Brings an instance into view. */
  readonly reveal: (instance: Instance) => Promise<void>;
}

/** Makes the services that run and probe components. */
export function createRun(parts: RunModuleParts): RunModule {
  const { log, core, components, reveal } = parts;
  const { engine, prober, registry, knowledge, planner, profiles } = core;
  const { terminals } = parts.terminals;
  const owned = new DisposableStore();
  const starter = new InstanceStarter({ engine, profiles, terminals, reveal });
  return {
    starter,
    ender: new InstanceEnder({ engine, registry, terminals }),
    runs: new RunService({ engine, registry, knowledge, planner, profiles, terminals, starter }),
    probes: owned.add(new ProbeService({ prober, library: components.library, knowledge, profiles, log })),
    dispose: () => {
      owned.dispose();
    },
  };
}

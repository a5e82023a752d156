import { join } from 'node:path';
import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ComponentsModule } from '../components/components-module';
import type { EngineModule } from '../engine/engine-module';
import { SecondRunActions } from '../source/second-run-actions';
import { SecondRuns } from '../source/second-runs';
import { SourceCache } from '../source/source-cache';
import { CallLensProvider } from './call-lens-provider';
import { EntryHoverProvider } from './entry-hover';
import { EntryPoints } from './entry-points';
import { EntryLensProvider } from './lens-provider';

/** Makes lenses, hovers and diagnostics in sources and interfaces. Nothing else needs them. */
export function createLenses(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  { registry, knowledge, profiles, planner }: EngineModule,
  { library, sources, exports }: ComponentsModule,
): Disposable {
  const owned = new DisposableStore();
  const cache = owned.add(
    new SourceCache(context.asAbsolutePath(join('dist', 'source-worker.js')), (line) => {
      log.warn(line);
    }),
  );
  const secondRuns = owned.add(new SecondRuns(cache, library, knowledge));
  owned.add(new SecondRunActions(secondRuns));
  const entryPoints = new EntryPoints(cache);
  owned.add(
    new EntryLensProvider({
      library,
      registry,
      knowledge,
      sources,
      entryPoints,
      secondRuns,
      profiles,
      planRun: (path, run) => planner.preview(path, { export: run }),
    }),
  );
  const changes = [registry.onDidChange, knowledge.onDidChange, profiles.onDidChange];
  owned.add(new CallLensProvider({ library, exports, planner, changes }));
  owned.add(new EntryHoverProvider({ library, knowledge, sources, entryPoints }));
  return owned;
}

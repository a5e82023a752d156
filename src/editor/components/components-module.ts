import { join } from 'node:path';
import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { EngineModule } from '../engine/engine-module';
import { ComponentLibrary } from './component-library';
import { ComponentReader } from './component-reader';
import { ExportCache } from './export-cache';
import { followInstances } from './follow-instances';
import { MissingImportCache } from './missing-import-cache';
import { RecentUse } from './recent-use';
import { SourceComponents } from './source-components';
import { WorldCache } from './world-cache';

/** The components of this window, and what is read of them when it is asked for. */
export interface ComponentsModule extends Disposable {
  readonly library: ComponentLibrary;
  readonly sources: SourceComponents;
  readonly exports: ExportCache;
  readonly missingImports: MissingImportCache;
  readonly worlds: WorldCache;
  readonly recentUse: RecentUse;
}

/** Makes the library of components and teaches the engine what it reads. */
export function createComponents(
  context: vscode.ExtensionContext,
  { engine, registry, knowledge }: EngineModule,
): ComponentsModule {
  const owned = new DisposableStore();
  const reader = owned.add(new ComponentReader(context.asAbsolutePath(join('dist', 'component-reader.js'))));
  const library = owned.add(new ComponentLibrary(reader.read));
  owned.add(
    library.onDidChange(({ content }) => {
      if (content.type === 'component') engine.learn(content.build, content.summary);
    }),
  );
  owned.add(followInstances({ library, registry, knowledge }));
  return {
    library,
    sources: owned.add(new SourceComponents(library, context.workspaceState)),
    exports: new ExportCache(),
    missingImports: new MissingImportCache(),
    worlds: new WorldCache(reader.readWorld),
    recentUse: owned.add(new RecentUse(context.workspaceState, registry)),
    dispose: () => {
      owned.dispose();
    },
  };
}

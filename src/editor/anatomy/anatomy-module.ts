import { join } from 'node:path';
import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Anatomy } from './anatomy';
import { AnatomyReader } from './anatomy-reader';

/** What is found out about the inside of files when it is asked for. */
export interface AnatomyModule extends Disposable {
  readonly anatomy: Anatomy;
}

/** Makes the reader of files' insides. Its thread starts with the first question. */
export function createAnatomy(context: vscode.ExtensionContext): AnatomyModule {
  const owned = new DisposableStore();
  const anatomy = owned.add(new AnatomyReader(context.asAbsolutePath(join('dist', 'anatomy-worker.js'))));
  return {
    anatomy,
    dispose: () => {
      owned.dispose();
    },
  };
}

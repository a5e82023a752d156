import { basename } from 'node:path';
import * as vscode from 'vscode';
import { formatBytes } from '../../base/size';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { numberIn } from '../../component/anatomy/structure';
import { watText } from '../../words/wat';
import { readErrorText } from '../../words/read-error';
import type { Anatomy } from '../anatomy/anatomy';
import { UserError } from '../common/user-error';
import { placeOfWatUri, type WatPlace } from '../common/wat-uri';
import type { ComponentLibrary } from '../components/component-library';
import { findFunction } from './find-function';
import { WatDocuments } from './wat-documents';
import { registerWatNavigation } from './wat-navigation';

/** Core modules as text. */
export interface WatFeature extends Disposable {
  /** Opens a core module of a file as text; the user chooses which, where there are several. */
  readonly open: (path: string) => Promise<void>;
  /** Opens a core module, or a function of one, as text. */
  readonly show: (place: WatPlace) => Promise<void>;
  /** Lets the user find a function of the module in the active editor, else of a file's, and opens it. */
  readonly goToFunction: (path: () => Promise<string>) => Promise<void>;
}

/** Makes what shows core modules as text. */
export function createWat(parts: {
  readonly anatomy: Anatomy;
  readonly library: ComponentLibrary;
}): WatFeature {
  const { anatomy } = parts;
  const owned = new DisposableStore();
  const documents = owned.add(new WatDocuments(parts));
  owned.add(registerWatNavigation());
  return {
    open: async (path) => {
      await documents.show({ path, module: await chooseModule(anatomy, path), func: null });
    },
    show: (place) => documents.show(place),
    goToFunction: async (pathOf) => {
      const active = vscode.window.activeTextEditor;
      const shown = active === undefined ? null : placeOfWatUri(active.document.uri);
      const path = shown?.path ?? (await pathOf());
      const module = shown?.module ?? (await chooseModule(anatomy, path));
      const func = await findFunction(anatomy, { path, module });
      if (func !== undefined) await documents.show({ path, module, func });
    },
    dispose: () => {
      owned.dispose();
    },
  };
}

/** The number of the core module that is meant. Throws a CancellationError if none is picked, a UserError if there is none. */
async function chooseModule(anatomy: Anatomy, path: string): Promise<number> {
  const read = await anatomy.overview(path);
  if (!read.ok) {
    const { row, advice } = readErrorText(read.error);
    throw new UserError(row, advice);
  }
  const modules = (read.value.structure?.nodes ?? []).filter(({ kind }) => kind === 'module');
  const [only] = modules;
  // Of a damaged file the first module may be there.
  if (only === undefined && read.value.problem !== null) return 0;
  if (only === undefined) throw new UserError(watText.noModules(basename(path)), watText.noModulesHint());
  if (modules.length === 1) return numberIn(only.id);
  const picked = await vscode.window.showQuickPick(
    modules.map((node) => ({
      label: node.name ?? watText.module(numberIn(node.id)),
      description: [
        node.id,
        ...(node.range === null ? [] : [formatBytes(node.range.end - node.range.start)]),
      ].join(' · '),
      number: numberIn(node.id),
    })),
    { title: watText.openTitle(), placeHolder: watText.chooseModule() },
  );
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.number;
}

import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { buttons } from '../../words/notifications';
import { saveText } from '../../words/save-component';
import { readErrorText } from '../../words/read-error';
import { commandErrors } from '../../words/user-errors';
import type { KnownComponent } from '../components/known-component';
import { commandIds } from '../common/ids';
import { notify } from '../common/notify';
import { startWithProgress } from '../common/start-progress';
import { UserError } from '../common/user-error';

/**
 * Writes the component that is made of a core module to a file that the user chooses, and offers to run it.
 * Throws a {@link UserError} for a file that is a component already, or that none can be made of.
 */
export async function saveAsComponent(
  engine: Engine,
  { path, name, content }: KnownComponent,
): Promise<void> {
  if (content.type === 'problem') {
    const { clause, advice } = readErrorText(content.error);
    throw new UserError(...commandErrors.noComponentOf(name, clause, advice));
  }
  if (content.type !== 'component') throw new UserError(...commandErrors.stillReading(name));
  const { build } = content;
  if (build.adapted === undefined) throw new UserError(...commandErrors.isComponent(name));
  const target = await vscode.window.showSaveDialog({
    title: saveText.title(name),
    defaultUri: vscode.Uri.file(path.replace(/(\.wasm)?$/i, '.component.wasm')),
    filters: { WebAssembly: ['wasm'] },
  });
  if (target === undefined) throw new vscode.CancellationError();
  const bytes = await startWithProgress(name, async (signal, progress) => {
    progress('adapting');
    const component = await engine.componentOf(build, signal).catch((error: unknown) => {
      throw signal.aborted ? new vscode.CancellationError() : error;
    });
    return await readFile(component.path);
  });
  await vscode.workspace.fs.writeFile(target, bytes);
  offerRun(target);
}

/** Says where the component is. The command has ended by then. */
function offerRun(target: vscode.Uri): void {
  const name = vscode.workspace.asRelativePath(target);
  void notify
    .info(saveText.saved(name), buttons.run())
    .then((choice) => choice && vscode.commands.executeCommand(commandIds.run, target));
}

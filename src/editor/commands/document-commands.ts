import * as vscode from 'vscode';
import { isCallDocument } from '../calls/document/call-editor';
import { pathOf, type CommandTarget } from '../common/command-target';
import { commandIds } from '../common/ids';
import { UserError } from '../common/user-error';
import type { CommandParts } from './commands';
import type { CommandHandlers } from './register';
import { commandErrors } from '../../words/user-errors';

/** Commands about a document: of calls, or the source of a component. */
export function documentCommands({
  targets,
  components: { sources },
  calls: { documents, editor },
}: CommandParts): CommandHandlers<'runCallAtCursor' | 'runCallAtCursorFresh' | 'chooseComponent'> {
  return {
    [commandIds.runCallAtCursor]: async (target) => {
      await documents.call(...callPlace(target), false);
    },
    [commandIds.runCallAtCursorFresh]: async (target) => {
      await documents.call(...callPlace(target), true);
    },
    [commandIds.chooseComponent]: async (target) => {
      const document = target.type === 'document' ? openDocument(target.uri) : undefined;
      if (document !== undefined && isCallDocument(document)) {
        await editor.name(document, await targets.pickComponent());
        return;
      }
      const source = pathOf(target) ?? vscode.window.activeTextEditor?.document.uri.fsPath;
      if (source !== undefined) await sources.choose(source);
    },
  };
}

function openDocument(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

/** Where the call of a lens is; for the palette and a key, where the cursor is. */
function callPlace(target: CommandTarget): [document: vscode.TextDocument, offset: number] {
  const lensed = target.type === 'place' ? openDocument(target.uri) : undefined;
  if (lensed !== undefined && target.type === 'place') return [lensed, target.offset];
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new UserError(...commandErrors.noCallEditor());
  return [editor.document, editor.document.offsetAt(editor.selection.active)];
}

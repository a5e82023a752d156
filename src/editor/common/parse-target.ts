import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { targetOfFields, type CommandTarget } from './command-target';
import { witScheme } from './ids';
import { placeOfWatUri } from './wat-uri';
import { componentOfWitUri } from './wit-uri';

/** The target that a command's argument names: an address, a row, an absolute path, or an object with a path. */
export function parseTarget(argument: unknown): CommandTarget {
  if (argument === undefined || argument === null) return { type: 'none' };
  if (argument instanceof vscode.Uri) return targetOfUri(argument);
  if (typeof argument === 'string')
    return isAbsolute(argument) ? { type: 'component', path: argument } : { type: 'other' };
  return typeof argument === 'object' ? targetOfFields({ ...argument }) : { type: 'other' };
}

function targetOfUri(uri: vscode.Uri): CommandTarget {
  if (uri.scheme === witScheme) return { type: 'component', path: componentOfWitUri(uri) };
  const wat = placeOfWatUri(uri);
  if (wat !== null) return { type: 'component', path: wat.path };
  const isComponent = uri.scheme === 'file' && uri.path.toLowerCase().endsWith('.wasm');
  return isComponent ? { type: 'component', path: uri.fsPath } : { type: 'document', uri: uri.toString() };
}

import { defined } from '../../base/defined';
import type { NodeProgram } from '../../engine/transpiler-client';

/**
 * The Node that runners run on: the one that this extension host runs on. In the desktop it is Electron's, which acts as
 * plain Node when told to. Nothing of the user's environment is handed on, but what Windows needs to start a process at all.
 */
export function nodeProgram(): NodeProgram {
  const { SystemRoot } = process.env;
  return {
    execPath: process.execPath,
    env: {
      ...(process.versions.electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }),
      ...defined({ SystemRoot }),
    },
  };
}

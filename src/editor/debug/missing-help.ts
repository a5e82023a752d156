import * as vscode from 'vscode';
import type { KnownComponent } from '../components/known-component';
import { noSourcesButtons, noSourcesText } from '../../words/debug';
import { notify } from '../common/notify';

/** The extension with which js-debug reads the debug information of WebAssembly. */
const readerId = 'ms-vscode.wasm-dwarf-debugging';

/** What to do with a component that cannot be debugged in its source. */
export type DebugDecision = 'debug' | 'run' | 'cancel';

/** Builds for which the user wants to debug without sources; asking once is enough. */
const acceptedBuilds = new Set<string>();

/** Says before a session why breakpoints in sources would not be hit, and offers what helps. */
export async function mayDebug({ name, content }: KnownComponent): Promise<DebugDecision> {
  // What else is wrong is the session's to say.
  if (content.type !== 'component' || acceptedBuilds.has(content.build.sha256)) return 'debug';
  const hasReader = vscode.extensions.getExtension(readerId) !== undefined;
  const { hasDebugInfo } = content.summary;
  if (hasReader && hasDebugInfo) return 'debug';
  const install = noSourcesButtons.install();
  const asText = noSourcesButtons.asText();
  const run = noSourcesButtons.run();
  const choice = await notify.warn(
    noSourcesText(name, hasDebugInfo),
    ...(hasDebugInfo ? [install] : []),
    asText,
    run,
  );
  switch (choice) {
    case install:
      await vscode.commands.executeCommand('workbench.extensions.installExtension', readerId);
      return 'debug';
    case asText:
      acceptedBuilds.add(content.build.sha256);
      return 'debug';
    case run:
      return 'run';
    default:
      return 'cancel';
  }
}

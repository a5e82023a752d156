import type { Launch } from './launch-configuration';

/** What js-debug is told to attach to a runner. */
export interface AttachInput {
  readonly name: string;
  /** The inspector's address. */
  readonly url: string;
  /** The folder that relative names in the debug information are relative to. */
  readonly sourceRoot: string;
  readonly sourceMap: Launch['sourceMap'];
}

/** Scripts that are not the guest's: Node's own, our bundles, the generated glue. Text of modules must never be among them, or steps run away. */
const skipFiles = [
  '<node_internals>/**',
  '**/dist/runner*.js',
  '**/component.js',
  '**/rustc/**',
  '**/wasi-libc/**',
];

/** The configuration of the js-debug session that shows the guest. */
export function attachConfiguration(input: AttachInput) {
  return {
    type: 'pwa-node',
    request: 'attach',
    name: input.name,
    // An address, not a host and a port: with those, js-debug tries ::1 first, and the inspector's secret path is lost.
    websocketAddress: input.url,
    cwd: input.sourceRoot,
    skipFiles,
    sourceMapPathOverrides: sourceMapPathOverrides(input.sourceMap),
    autoAttachChildProcesses: false,
    continueOnAttach: true,
    enableDWARF: true,
    internalConsoleOptions: 'neverOpen',
  };
}

/** Paths of another machine as js-debug sees them: URLs of files, or of the module's text for relative ones. */
function sourceMapPathOverrides(sourceMap: Launch['sourceMap']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(sourceMap).map(([from, to]) => {
      const url = /^(?:\/|[A-Za-z]:)/.test(from)
        ? `file://${from.startsWith('/') ? '' : '/'}${from}`
        : `wasm://wasm/${from}`;
      return [`${url.replace(/\/\*?$/, '')}/*`, `${to.replace(/\/\*?$/, '')}/*`];
    }),
  );
}

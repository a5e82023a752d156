/**
 * An ordinary extension that runs the suite. VS Code's own test mode (`extensionTestsPath`) is not used, because it hides toasts and
 * refuses modal dialogs, so that tests there see something else than a user does.
 */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { readHostRun } from '../host-run';
import type { HostCounts, HostRun } from '../window-protocol';
import { withSourceLines } from './source-lines';

/** An editor for `other-*.wasm`, as another extension may have one for files that ours opens too. */
function registerOtherEditor(): void {
  vscode.window.registerCustomEditorProvider('hostTest.other', {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: (_document, panel) => {
      panel.webview.html = '<h1>Another editor</h1>';
    },
  });
}

/** Starts the suite and comes back at once: an extension's activation must not take as long as its tests. */
export function activate(): void {
  if (process.env.FRESH_INSTANCE_HOST_RUN === undefined) return;
  registerOtherEditor();
  const run = readHostRun();
  if (existsSync(run.startedFile)) {
    giveUp(run, 'The extension host crashed and was started again; the run is over.');
    return;
  }
  writeFileSync(run.startedFile, '');
  process.setSourceMapsEnabled(true);
  try {
    runSuite(run);
  } catch (error) {
    giveUp(run, format(error));
  }
}

function runSuite(run: HostRun): void {
  const report = (...words: readonly unknown[]) => {
    appendFileSync(run.reportFile, `${format(...words)}\n`);
  };
  Mocha.reporters.Base.consoleLog = report;
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: run.colour,
    timeout: run.mocha.timeout ?? 120_000,
    slow: 5_000,
    bail: run.mocha.bail ?? false,
    retries: run.mocha.retries,
    ...(run.mocha.grep === undefined ? {} : { grep: run.mocha.grep }),
    ...(run.mocha.fgrep === undefined ? {} : { fgrep: run.mocha.fgrep }),
  });
  for (const file of run.files) mocha.addFile(file);
  const recap: string[] = [];
  const runner = mocha.run(() => {
    const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
    writeCounts(run, { passed: passes, failed: failures, skipped: pending, recap });
  });
  const note = (what: string, { title, error }: { title: string; error: unknown }) => {
    if (error instanceof Error && error.stack !== undefined) error.stack = withSourceLines(error.stack);
    recap.push(`${what} in ${run.name}: ${title}\n${format(error)}`);
  };
  runner.on('fail', (test, error: unknown) => {
    note('failed', { title: test.fullTitle(), error });
  });
  runner.on('retry', (test: Mocha.Test, error: unknown) => {
    note('tried again', { title: test.fullTitle(), error });
  });
}

function giveUp(run: HostRun, reason: string): void {
  appendFileSync(run.reportFile, `\n${reason}\n`);
  writeCounts(run, { passed: 0, failed: 1, skipped: 0, recap: [`failed in ${run.name}: ${reason}`] });
}

function writeCounts(run: HostRun, counts: HostCounts): void {
  writeFileSync(run.countsFile, JSON.stringify(counts));
}

import * as vscode from 'vscode';
import type { ConsoleHost } from '../../calls/call-console';
import { ConsoleLoop } from '../../calls/console-loop';
import { consoleLines } from '../../words/console';

/** A console that is open. */
export interface OpenConsole {
  /** Changes the title of its terminal. */
  rename(title: string): void;
}

/** Opens a terminal for calls on one instance. It ends with Ctrl+D, or when the user closes it. */
export function openConsole(title: string, host: Omit<ConsoleHost, 'width'>): OpenConsole {
  const renamed = new vscode.EventEmitter<string>();
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<void>();
  let columns = 80;
  const loop = new ConsoleLoop(host, {
    write: (text) => {
      written.fire(text);
    },
    columns: () => columns,
    hasColours: () => true,
    linesOf: consoleLines,
  });
  void loop.ended.then(() => {
    closed.fire();
  });
  const terminal = vscode.window.createTerminal({
    name: title,
    iconPath: new vscode.ThemeIcon('terminal'),
    isTransient: true,
    pty: {
      onDidWrite: written.event,
      onDidChangeName: renamed.event,
      onDidClose: closed.event,
      open: (dimensions: vscode.TerminalDimensions | undefined) => {
        columns = dimensions?.columns ?? columns;
        loop.start();
      },
      close: () => {
        loop.abort();
      },
      setDimensions: (dimensions: vscode.TerminalDimensions) => {
        columns = dimensions.columns;
      },
      handleInput: (data: string) => {
        loop.input(data);
      },
    },
  });
  terminal.show();
  return {
    rename: (name) => {
      renamed.fire(name);
    },
  };
}

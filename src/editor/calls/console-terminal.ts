import * as vscode from 'vscode';
import { messageOf } from '../../base/error';
import { printable } from '../../base/sanitize';
import { CallConsole, type ConsoleHost, type ConsoleOutput } from '../../calls/call-console';
import { LineEditor } from '../../calls/line-editor';

const colours: Readonly<Record<ConsoleOutput['kind'], string>> = { result: '0', error: '31', note: '2' };

/** Opens a terminal in which each line is a call on one instance. It ends with Ctrl+D, or when the user closes it. */
export function openConsole(title: string, host: Omit<ConsoleHost, 'width'>): vscode.Terminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<void>();
  let columns = 80;
  const callConsole = new CallConsole({ ...host, width: () => columns });
  const editor = new LineEditor({
    prompt: () => callConsole.prompt,
    complete: (text, offset) => callConsole.complete(text, offset),
    columns: () => columns,
  });
  let calling: AbortController | undefined;

  const enter = async (line: string) => {
    calling = new AbortController();
    try {
      const entered = await callConsole.enter(line, calling.signal);
      if (entered.type === 'incomplete') return;
      for (const { kind, text } of entered.output) {
        written.fire(`\x1b[${colours[kind]}m${printable(text).replace(/\n/g, '\r\n')}\x1b[0m\r\n`);
      }
      if (entered.history !== null) editor.remember(entered.history);
    } finally {
      calling = undefined;
    }
  };
  const take = async (data: string) => {
    for (const event of editor.input(data)) {
      switch (event.type) {
        case 'write':
          written.fire(event.text);
          continue;
        case 'end':
          closed.fire();
          return;
        case 'interrupt':
          callConsole.cancel();
          break;
        case 'line':
          await enter(event.text);
          break;
      }
      written.fire(editor.render());
    }
  };
  /** Keys that are typed while a call goes on are taken up when it has ended. */
  let working: Promise<void> = Promise.resolve();
  const terminal = vscode.window.createTerminal({
    name: title,
    iconPath: new vscode.ThemeIcon('terminal'),
    isTransient: true,
    pty: {
      onDidWrite: written.event,
      onDidClose: closed.event,
      open: (dimensions: vscode.TerminalDimensions | undefined) => {
        columns = dimensions?.columns ?? columns;
        written.fire(
          `Each line is a call on this instance. :help lists what else there is.\r\n${editor.render()}`,
        );
      },
      close: () => calling?.abort(),
      setDimensions: (dimensions: vscode.TerminalDimensions) => {
        columns = dimensions.columns;
      },
      handleInput: (data: string) => {
        if (calling !== undefined && data.includes('\x03')) {
          calling.abort();
          return;
        }
        working = working.then(async () => {
          try {
            await take(data);
          } catch (error) {
            // The console goes on: only this line has failed.
            const message = messageOf(error);
            written.fire(`\x1b[${colours.error}m${message}\x1b[0m\r\n${editor.render()}`);
          }
        });
      },
    },
  });
  terminal.show();
  return terminal;
}

import { CallConsole, type ConsoleHost } from '../engine/call-console';
import { LineEditor } from '../instance/console/line-editor';

/** Runs a console on this process's terminal until the input ends. */
export async function runConsole(host: ConsoleHost): Promise<void> {
  const { stdin, stdout } = process;
  const console = new CallConsole(host);
  const editor = new LineEditor({
    prompt: () => console.prompt,
    complete: (text, offset) => console.complete(text, offset),
    columns: () => stdout.columns,
  });
  let calling: AbortController | undefined;
  const enter = async (line: string) => {
    calling = new AbortController();
    const entered = await console.enter(line, calling.signal);
    calling = undefined;
    if (entered.type === 'incomplete') return;
    for (const { kind, text } of entered.output)
      stdout.write(kind === 'result' ? `${text}\n` : colour(kind, text));
    if (entered.history !== null) editor.remember(entered.history);
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdout.write(editor.render());
  const typed: string[] = [];
  const listen = (data: string) => {
    // Keys other than Ctrl+C wait until the call that is going on has ended.
    if (calling !== undefined && data.includes('\x03')) calling.abort();
    else typed.push(data);
  };
  stdin.on('data', listen);
  try {
    for (;;) {
      const data = typed.shift();
      if (data === undefined) {
        // The terminal is gone.
        if (stdin.readableEnded) return;
        await nextData();
        continue;
      }
      for (const event of editor.input(data)) {
        if (event.type === 'end') {
          stdout.write('\r\n');
          return;
        }
        if (event.type === 'write') stdout.write(event.text);
        if (event.type === 'interrupt') console.cancel();
        if (event.type === 'line') await enter(event.text);
        if (event.type !== 'write') stdout.write(editor.render());
      }
    }
  } finally {
    stdin.off('data', listen);
    stdin.setRawMode(false);
    stdin.pause();
  }
}

function nextData(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      process.stdin.off('data', done).off('end', done);
      resolve();
    };
    process.stdin.on('data', done).on('end', done);
  });
}

function colour(kind: 'error' | 'note', text: string): string {
  return `\x1b[${kind === 'error' ? '31' : '2'}m${text}\x1b[0m\n`;
}

import { CallConsole, type ConsoleHost } from '../calls/call-console';
import { LineEditor } from '../calls/line-editor';
import { printable } from '../base/sanitize';

/** Runs a console on this process's terminal until the input ends, or the signal ends it. */
export async function runConsole(host: ConsoleHost, signal: AbortSignal): Promise<void> {
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
      stdout.write(kind === 'result' ? `${text}\n` : colour(kind, printable(text)));
    if (entered.history !== null) editor.remember(entered.history);
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdout.write(
    colour('note', 'Each line is a call on this instance. :help lists what else there is, Ctrl+D leaves.'),
  );
  stdout.write(editor.render());
  const typed: string[] = [];
  const listen = (data: string) => {
    // Keys other than Ctrl+C wait until the call that is going on has ended.
    if (calling !== undefined && data.includes('\x03')) calling.abort();
    else typed.push(data);
  };
  stdin.on('data', listen);
  const abort = () => calling?.abort();
  signal.addEventListener('abort', abort);
  try {
    for (;;) {
      const data = typed.shift();
      if (data === undefined) {
        // The terminal is gone.
        if (stdin.readableEnded) return;
        await nextData(signal);
        if (signal.aborted) {
          stdout.write('\r\n');
          return;
        }
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
    signal.removeEventListener('abort', abort);
    stdin.off('data', listen);
    stdin.setRawMode(false);
    stdin.pause();
  }
}

function nextData(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      process.stdin.off('data', done).off('end', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    if (signal.aborted) {
      resolve();
      return;
    }
    process.stdin.on('data', done).on('end', done);
    signal.addEventListener('abort', done);
  });
}

/** Node knows what the terminal can do, and what NO_COLOR and FORCE_COLOR say. */
function colour(kind: 'error' | 'note', text: string): string {
  if (!process.stdout.hasColors()) return `${text}\n`;
  return `\x1b[${kind === 'error' ? '31' : '2'}m${text}\x1b[0m\n`;
}

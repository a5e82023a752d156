import { request, type Agent, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { fixture } from '../../fixtures';
import { startCli, type CliResult, type StartedCli } from '../support/cli';
import { eventually } from '../support/processes';

/** What a client got. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly raw: readonly string[];
  readonly body: string;
  readonly trailers: IncomingMessage['trailers'];
  /** Whether the message was whole. */
  readonly whole: boolean;
}

/** How a request is made. */
export interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  readonly agent?: Agent;
}

/** A component that `fresh-instance serve` serves. */
export class ServedComponent {
  readonly cli: StartedCli;
  port = 0;

  private constructor(cli: StartedCli) {
    this.cli = cli;
  }

  /** Serves a fixture, or the file at a path. */
  static async start(
    file: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<ServedComponent> {
    const path = file.includes('/') ? file : fixture(file);
    const served = new ServedComponent(startCli(['serve', path, ...args], { env }));
    const deadline = performance.now() + 60_000;
    while (served.port === 0) {
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(served.cli.stderr) ?? [];
      served.port = Number(port ?? 0);
      if (performance.now() > deadline || served.cli.child.exitCode !== null)
        throw new Error(`It does not serve: ${served.cli.stderr}`);
      await pause(10);
    }
    return served;
  }

  /** Makes a request and reads the answer to its end. */
  async ask(path: string, { method = 'GET', headers = {}, body, agent }: Asked = {}): Promise<Answer> {
    return await new Promise((resolve, reject) => {
      const asked = request(
        { host: '127.0.0.1', port: this.port, path, method, headers, agent: agent ?? false },
        (answer) => {
          const parts: Buffer[] = [];
          const end = () => {
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              raw: answer.rawHeaders,
              body: Buffer.concat(parts).toString('latin1'),
              trailers: answer.trailers,
              whole: answer.complete,
            });
          };
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', end);
          answer.on('error', end);
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** Opens a connection to write anything to. Its text is without the sizes of chunks. */
  open(): { readonly socket: Socket; readonly text: () => string; readonly closed: Promise<void> } {
    const socket = connect(this.port, '127.0.0.1');
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) =>
      socket.on('close', () => {
        resolve();
      }),
    );
    return { socket, text: () => text.replaceAll(/\r\n[0-9a-f]+\r\n/g, ''), closed };
  }

  /** Presses Ctrl+C, once or more often. */
  async stop(times = 1): Promise<CliResult> {
    for (let time = 0; time < times; time++) {
      if (this.cli.child.exitCode === null && this.cli.child.signalCode === null) this.cli.signal('SIGINT');
      await pause(50);
    }
    return await this.cli.result;
  }
}

/** Waits for so many ms. */
export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until something is so. */
export async function until(what: () => boolean, withinMs = 10_000): Promise<void> {
  if (!(await eventually(what, withinMs))) throw new Error(`It did not come about: ${what.toString()}`);
}

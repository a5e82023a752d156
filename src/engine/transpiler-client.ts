import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Build } from '../instance/registry';
import { StartError } from './errors';
import type { Manifest } from './manifest';
import {
  leaseFd,
  type TranspilerReply,
  type TranspilerRequest,
  type TranspileRequest,
} from './transpiler/protocol';

/** How processes of ours are started. */
export interface NodeProgram {
  readonly execPath: string;
  /** The child's whole environment; nothing else is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

/** How long an idle transpiler is kept: the next component then starts without loading it again. */
const idleMs = 30_000;

/**
 * A component of this size leaves the transpiler with 200 MB and more (one of 70 MB with 430), of which it
 * gives nothing back.
 */
const bigBytes = 8 * 1024 * 1024;

/** How long such a transpiler is kept. */
const bigIdleMs = 2000;

/** Transpiles in a process of its own, which is kept for a while and killed when a job is cancelled. */
export class TranspilerClient {
  readonly #script: string;
  readonly #node: NodeProgram;
  readonly #jobs = new Map<
    number,
    { resolve: (reply: TranspilerReply) => void; reject: (error: Error) => void }
  >();
  #process: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  /** Whether the process has worked on a big component. */
  #isBig = false;

  constructor(script: string, node: NodeProgram) {
    this.#script = script;
    this.#node = node;
  }

  /** Transpiles a build into an empty folder. Rejects with a {@link StartError}; aborting ends the work at once. */
  async transpile(
    build: Pick<Build, 'path' | 'sha256' | 'sizeBytes'>,
    to: Pick<TranspileRequest, 'folder' | 'limitMemory' | 'serve'>,
    signal?: AbortSignal,
  ): Promise<Manifest> {
    const { path: component, sha256, sizeBytes } = build;
    const reply = await this.#ask((id) => {
      this.#isBig ||= sizeBytes >= bigBytes;
      return { type: 'transpile', id, component, sha256, ...to };
    }, signal);
    if (reply.type !== 'transpiled') throw new Error(`the transpiler answered with ${reply.type}`);
    return reply.manifest;
  }

  /**
   * Makes a component of a core module, in an empty folder. Rejects with a {@link StartError}; aborting ends the work at once. What a big
   * module leaves behind in memory is given back before the component is transpiled.
   */
  async adapt({ path, sha256, sizeBytes }: Build, folder: string, signal?: AbortSignal): Promise<Manifest> {
    const reply = await this.#ask((id) => {
      this.#isBig ||= sizeBytes >= bigBytes;
      return { type: 'adapt', id, component: path, sha256, folder };
    }, signal);
    if (sizeBytes >= bigBytes && this.#jobs.size === 0) this.#stop();
    if (reply.type !== 'adapted') throw new Error(`the transpiler answered with ${reply.type}`);
    return reply.manifest;
  }

  /** A component's world as WIT text. Rejects with a {@link StartError}, whose words are the WIT printer's own. */
  async interfaceText(component: string): Promise<string> {
    const reply = await this.#ask((id) => ({ type: 'interface', id, component }));
    if (reply.type !== 'interface') throw new Error(`the transpiler answered with ${reply.type}`);
    return reply.text;
  }

  async #ask(toRequest: (id: number) => TranspilerRequest, signal?: AbortSignal): Promise<TranspilerReply> {
    signal?.throwIfAborted();
    clearTimeout(this.#idle);
    const child = (this.#process ??= this.#start());
    this.#lastId += 1;
    const request = toRequest(this.#lastId);
    const cancel = () => {
      const job = this.#jobs.get(request.id);
      this.#jobs.delete(request.id);
      job?.reject(new DOMException('Cancelled', 'AbortError'));
      // The work cannot be interrupted. The process lives on while another job waits, so that only this one is lost.
      if (this.#jobs.size === 0) this.#stop();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      // Nothing keeps the parent from ending but the jobs that it waits for.
      child.ref();
      child.channel?.ref();
      return await new Promise<TranspilerReply>((resolve, reject) => {
        this.#jobs.set(request.id, { resolve, reject });
        child.send(request);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      if (this.#jobs.size === 0) this.#rest();
    }
  }

  dispose(): void {
    clearTimeout(this.#idle);
    this.#stop();
  }

  #start(): ChildProcess {
    const child = fork(this.#script, [], {
      execPath: this.#node.execPath,
      execArgv: [],
      env: { ...this.#node.env },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
      serialization: 'advanced',
    });
    const lease = child.stdio[leaseFd];
    // A pipe of ours is a socket, which must not keep this process from ending.
    if (lease instanceof Socket) lease.unref().on('error', () => undefined);
    child.on('message', (message) => {
      // The transpiler is of the same build, and no guest runs in it.
      const reply = message as TranspilerReply;
      const job = this.#jobs.get(reply.id);
      this.#jobs.delete(reply.id);
      if (reply.type !== 'failed') {
        job?.resolve(reply);
        return;
      }
      job?.reject(new StartError(reply.failure));
      if (reply.broken && this.#process === child) this.#stop();
    });
    const lost = (detail: string) => {
      if (this.#process === child) this.#forget(detail);
    };
    child.on('error', (error) => {
      lost(error.message);
    });
    child.on('exit', (code, signal) => {
      lost(signal ?? `exit status ${String(code)}`);
    });
    return child;
  }

  #rest(): void {
    // Two jobs whose replies came at one go both rest afterwards: the first one's timer would end a later job.
    clearTimeout(this.#idle);
    this.#process?.unref();
    this.#process?.channel?.unref();
    this.#idle = setTimeout(
      () => {
        this.#stop();
      },
      this.#isBig ? bigIdleMs : idleMs,
    ).unref();
  }

  #stop(): void {
    this.#process?.kill('SIGKILL');
    this.#forget('it was stopped');
  }

  /** The process is gone, or will be: nothing answers its jobs any more. */
  #forget(detail: string): void {
    this.#process = undefined;
    this.#isBig = false;
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const job of jobs) job.reject(new StartError({ code: 'translator-ended', detail }));
  }
}

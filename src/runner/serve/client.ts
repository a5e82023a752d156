import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { BodyPipe } from './body-pipe';
import type { ErrorCode } from './exchange';
import { declaredLength, token, toRaw, type Fields } from './fields';
import { refuseBare, type Tagged } from './types2';
import { longestTimerMs } from './waitable';

/** Time limits of a request that a guest makes, in ns. */
export class RequestOptions {
  #connect: bigint | undefined;
  #firstByte: bigint | undefined;
  #betweenBytes: bigint | undefined;

  connectTimeout(): bigint | undefined {
    return this.#connect;
  }

  setConnectTimeout(duration: bigint | undefined): void {
    this.#connect = duration;
  }

  firstByteTimeout(): bigint | undefined {
    return this.#firstByte;
  }

  setFirstByteTimeout(duration: bigint | undefined): void {
    this.#firstByte = duration;
  }

  betweenBytesTimeout(): bigint | undefined {
    return this.#betweenBytes;
  }

  setBetweenBytesTimeout(duration: bigint | undefined): void {
    this.#betweenBytes = duration;
  }

  getConnectTimeout(): bigint | undefined {
    return this.#connect;
  }

  getFirstByteTimeout(): bigint | undefined {
    return this.#firstByte;
  }

  getBetweenBytesTimeout(): bigint | undefined {
    return this.#betweenBytes;
  }

  clone(): RequestOptions {
    const options = new RequestOptions();
    options.#connect = this.#connect;
    options.#firstByte = this.#firstByte;
    options.#betweenBytes = this.#betweenBytes;
    return options;
  }
}

/** Where a request of a guest goes: what both versions of wasi:http let it set. */
export class RequestHead {
  readonly fields: Fields;
  method: Tagged = { tag: 'get' };
  path: string | undefined;
  scheme: Tagged | undefined;
  authority: string | undefined;

  constructor(fields: Fields) {
    this.fields = fields.lock();
  }

  setMethod(method: Tagged): void {
    if (method.tag === 'other' && !token.test(String(method.val))) refuseBare();
    this.method = method;
  }

  setPath(path: string | undefined): void {
    if (path !== undefined && !/^[\x21-\x7e\x80-\uffff]*$/.test(path)) refuseBare();
    this.path = path;
  }

  setScheme(scheme: Tagged | undefined): void {
    if (scheme?.tag === 'other' && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(String(scheme.val))) refuseBare();
    this.scheme = scheme;
  }

  setAuthority(authority: string | undefined): void {
    if (authority !== undefined && !URL.canParse(`http://${authority}/`)) refuseBare();
    this.authority = authority;
  }
}

const agents = {
  http: new HttpAgent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true }),
};

/**
 * Sends a request of a guest that was granted the network. Resolves with the response; rejects with an error code of wasi:http.
 * @param pipe its body; undefined for none
 */
export function sendRequest(
  head: RequestHead,
  pipe: BodyPipe | undefined,
  options: RequestOptions | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const fail = (code: ErrorCode) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is the guest's error case
      reject(code);
    };
    const target = targetOf(head);
    if (target === undefined) {
      fail({ tag: 'HTTP-request-URI-invalid' });
      return;
    }
    const secure = target.protocol === 'https:';
    const declared = declaredLength(head.fields);
    const request = (secure ? httpsRequest : httpRequest)(target, {
      agent: secure ? agents.https : agents.http,
      method: head.method.tag === 'other' ? String(head.method.val) : head.method.tag.toUpperCase(),
      headers: ['host', target.host, ...toRaw(head.fields.entries())],
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      fail(limited ?? codeOf(error));
    });
    let limited: ErrorCode | undefined;
    const timers = limitTimes(request, options, (code) => {
      limited = { tag: code };
      request.destroy(new Error(code));
    });
    request.on('response', (response) => {
      timers.answered(response);
      resolve(response);
    });
    if (pipe === undefined) {
      request.end();
      return;
    }
    pipe.attach(request, declared);
  });
}

function targetOf({ scheme, authority, path }: RequestHead): URL | undefined {
  if (scheme?.tag === 'other' || authority === undefined) return undefined;
  const protocol = scheme?.tag === 'HTTP' ? 'http' : 'https';
  const url = `${protocol}://${authority}${path === undefined || path === '' ? '/' : path}`;
  return URL.canParse(url) ? new URL(url) : undefined;
}

function limitTimes(
  request: ClientRequest,
  options: RequestOptions | undefined,
  over: (code: string) => void,
): { answered(response: IncomingMessage): void } {
  const after = (ns: bigint | undefined, code: string) =>
    ns === undefined
      ? undefined
      : setTimeout(
          () => {
            over(code);
          },
          Math.min(Number(ns / 1_000_000n), longestTimerMs),
        );
  const connect = after(options?.connectTimeout(), 'connection-timeout');
  const firstByte = after(options?.firstByteTimeout(), 'connection-read-timeout');
  request.on('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => clearTimeout(connect));
    else clearTimeout(connect);
  });
  request.on('close', () => {
    clearTimeout(connect);
    clearTimeout(firstByte);
  });
  return {
    answered: (response) => {
      clearTimeout(firstByte);
      const between = options?.betweenBytesTimeout();
      if (between === undefined) return;
      response.setTimeout(Math.min(Number(between / 1_000_000n), longestTimerMs), () => {
        over('connection-read-timeout');
      });
    },
  };
}

const byErrno: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-terminated',
  EPIPE: 'connection-terminated',
  ETIMEDOUT: 'connection-timeout',
  EHOSTUNREACH: 'destination-unavailable',
  ENETUNREACH: 'destination-unavailable',
};

/** What went wrong, as an error code of wasi:http. */
function codeOf({ code = '', message }: NodeJS.ErrnoException): ErrorCode {
  const known = byErrno[code];
  if (known !== undefined) return { tag: known };
  if (code === 'ENOTFOUND' || code.startsWith('EAI_'))
    return { tag: 'DNS-error', val: { rcode: code, infoCode: undefined } };
  if (code.startsWith('HPE_')) return { tag: 'HTTP-protocol-error' };
  if (/CERT|SIGNATURE|ISSUER/.test(code)) return { tag: 'TLS-certificate-error' };
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) return { tag: 'TLS-protocol-error' };
  return { tag: 'internal-error', val: message };
}

/** A header or a trailer: its name in lower case, and its bytes. */
export type Field = readonly [name: string, value: Uint8Array];

/** Fields that belong to a connection, which neither a guest sets nor gets: those of wasmtime. */
const forbidden: ReadonlySet<string> = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a field is the connection's own. `name` is in lower case. */
export function isForbidden(name: string): boolean {
  return forbidden.has(name);
}

/** What names of fields and methods are made of. */
export const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Throws an error case of WIT, which jco passes to the guest. */
export function refuse(error: string | { readonly tag: string; readonly val?: unknown }): never {
  throw (typeof error === 'string' ? { tag: error } : error) as unknown as Error;
}

/** `fields` of wasi:http/types, in 0.2 and in 0.3. */
export class Fields {
  #entries: Field[] = [];
  #locked = false;

  /** Fields that the guest may read and not change. */
  static received(entries: readonly Field[]): Fields {
    const fields = new Fields();
    fields.#entries = [...entries];
    fields.#locked = true;
    return fields;
  }

  static fromList(entries: readonly (readonly [string, Uint8Array])[]): Fields {
    const fields = new Fields();
    for (const [name, value] of entries) fields.append(name, value);
    return fields;
  }

  /** From now on the guest cannot change them. */
  lock(): this {
    this.#locked = true;
    return this;
  }

  get(name: string): Uint8Array[] {
    const key = name.toLowerCase();
    return this.#entries.filter(([each]) => each === key).map(([, value]) => value);
  }

  has(name: string): boolean {
    const key = name.toLowerCase();
    return this.#entries.some(([each]) => each === key);
  }

  set(name: string, values: readonly Uint8Array[]): void {
    this.#mayChange();
    const key = nameOf(name);
    for (const value of values) checkValue(value);
    this.#entries = this.#entries.filter(([each]) => each !== key);
    for (const value of values) this.#entries.push([key, value]);
  }

  delete(name: string): void {
    this.getAndDelete(name);
  }

  getAndDelete(name: string): Uint8Array[] {
    this.#mayChange();
    const key = nameOf(name);
    const found = this.get(key);
    this.#entries = this.#entries.filter(([each]) => each !== key);
    return found;
  }

  append(name: string, value: Uint8Array): void {
    this.#mayChange();
    const key = nameOf(name);
    checkValue(value);
    this.#entries.push([key, value]);
  }

  entries(): Field[] {
    return [...this.#entries];
  }

  copyAll(): Field[] {
    return this.entries();
  }

  clone(): Fields {
    const fields = new Fields();
    fields.#entries = [...this.#entries];
    return fields;
  }

  #mayChange(): void {
    if (this.#locked) refuse('immutable');
  }
}

function nameOf(name: string): string {
  if (!token.test(name)) refuse('invalid-syntax');
  const key = name.toLowerCase();
  if (isForbidden(key)) refuse('forbidden');
  return key;
}

function checkValue(value: Uint8Array): void {
  for (const byte of value) if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f) refuse('invalid-syntax');
}

/** Fields as Node takes trailers: the bytes of their values as characters. */
export function toPairs(fields: readonly Field[]): [name: string, value: string][] {
  return fields.map(([name, value]) => [name, latin1(value)]);
}

/** Headers as Node takes and gives them: names and values in turns, the bytes as characters. */
export function toRaw(fields: readonly Field[]): string[] {
  return toPairs(fields).flat();
}

/** The same the other way round, without those of the connection. */
export function fromRaw(raw: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    if (!isForbidden(name)) fields.push([name, new Uint8Array(Buffer.from(raw[at + 1] ?? '', 'latin1'))]);
  }
  return fields;
}

function latin1(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
}

/** The length that headers declare, in bytes; undefined without one, NaN for one that is none. */
export function declaredLength(fields: Fields): number | undefined {
  const values = new Set(fields.get('content-length').map(latin1));
  if (values.size === 0) return undefined;
  const [only = ''] = values;
  return values.size === 1 && /^\d{1,15}$/.test(only) ? Number(only) : NaN;
}

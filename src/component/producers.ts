import type { ByteReader } from './bytes';

/** One line of a `producers` section: a language, a tool that processed the code, or an SDK. */
export interface Producer {
  readonly field: string;
  readonly name: string;
  readonly version: string;
}

/** Reads the content of a `producers` custom section (tool-conventions, ProducersSection.md). */
export function takeProducers(content: ByteReader): Producer[] {
  return content
    .list(() => {
      const field = content.name();
      return content.list(() => ({ field, name: content.name(), version: content.name() }));
    })
    .flat();
}

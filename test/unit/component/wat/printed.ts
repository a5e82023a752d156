import { ByteReader } from '../../../../src/component/bytes';
import { CoreModule } from '../../../../src/component/core-module';
import { WatModule } from '../../../../src/component/wat/module-text';

/** A core module as our printer prints it, whole. */
export function printed(bytes: Uint8Array): string {
  const wat = new WatModule(new CoreModule(new ByteReader(bytes), 0));
  return `${[...wat.lines({ full: true })].join('\n')}\n`;
}

/** A core module without its custom sections, which the text format has no words for. */
export function stripped(bytes: Uint8Array): Uint8Array {
  const { sections } = new CoreModule(new ByteReader(bytes), 0);
  const parts = [bytes.subarray(0, 8)];
  let from = 8;
  for (const { id, end } of sections) {
    if (id !== 0) parts.push(bytes.subarray(from, end));
    from = end;
  }
  return Buffer.concat(parts);
}

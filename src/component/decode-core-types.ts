import type { ByteReader } from './bytes';
import { takeCoreExternType, takeRecType } from './core-types';
import { malformed } from './decode-error';

/** Skips one entry of a core type section of a component, whose content is not used. */
export function takeCoreType(reader: ByteReader): void {
  if (reader.peek() === 0x50) {
    reader.u8();
    reader.list(() => {
      takeModuleDeclaration(reader);
    });
    return;
  }
  if (reader.peek() === 0x00) reader.u8();
  takeRecType(reader);
}

function takeModuleDeclaration(reader: ByteReader): void {
  const start = reader.offset;
  switch (reader.u8()) {
    case 0:
      reader.name();
      reader.name();
      takeCoreExternType(reader);
      break;
    case 1:
      takeRecType(reader);
      break;
    case 2:
      reader.skip(2);
      reader.u32();
      reader.u32();
      break;
    case 3:
      reader.name();
      takeCoreExternType(reader);
      break;
    default:
      throw malformed('an unknown declaration in a module type', start);
  }
}

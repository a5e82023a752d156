// @ts-check

/**
 * Lists the files of a zip archive from its central directory (APPNOTE.TXT 4.3.12, 4.3.16), without unpacking anything.
 * @param {Buffer} zip
 * @returns {readonly {readonly path: string, readonly sizeBytes: number}[]} with their sizes unpacked
 */
export function listZip(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('This is not a zip archive.');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const files = [];
  for (let index = 0; index < count; index++) {
    const nameLength = zip.readUInt16LE(at + 28);
    files.push({
      path: zip.toString('utf8', at + 46, at + 46 + nameLength),
      sizeBytes: zip.readUInt32LE(at + 24),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

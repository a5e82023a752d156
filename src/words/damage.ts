import type { Damage } from '../component/damage';
import { t } from './t';

/** What can be read of a damaged file, and where that ends, one line for each. */
export function damageLines({
  preamble,
  sections,
  broken,
  offset,
  byte,
  sizeBytes,
}: Damage): readonly string[] {
  if (preamble === null) return [stopText(offset, byte, sizeBytes)];
  const last = sections.at(-1);
  return [
    preamble === 'component' ? t('It begins as a component.') : t('It begins as a core module.'),
    last === undefined
      ? t('No section of it can be read.')
      : t('Sections read: {0}, up to byte {1}.', sections.length, numberText(last.end)),
    ...(broken === null ? [] : [brokenText(broken, preamble, sizeBytes)]),
    stopText(offset, byte, sizeBytes),
  ];
}

function brokenText(
  { id, start, saysEnd }: NonNullable<Damage['broken']>,
  preamble: NonNullable<Damage['preamble']>,
  sizeBytes: number,
): string {
  const name = sectionName(id, preamble);
  return saysEnd > sizeBytes
    ? t(
        'The next section ({0}) begins at byte {1} and should end at byte {2}: {3} bytes are missing.',
        name,
        numberText(start),
        numberText(saysEnd),
        numberText(saysEnd - sizeBytes),
      )
    : t(
        'The damage is in a section ({0}) from byte {1} to byte {2}.',
        name,
        numberText(start),
        numberText(saysEnd),
      );
}

function stopText(offset: number, byte: number | null, sizeBytes: number): string {
  return byte === null
    ? t('Reading stopped at the end of the file, at byte {0}.', numberText(sizeBytes))
    : t(
        'Reading stopped at byte {0} (0x{1}) of {2}, at the value 0x{3}.',
        numberText(offset),
        offset.toString(16),
        numberText(sizeBytes),
        byte.toString(16).padStart(2, '0'),
      );
}

/** The specification's own names of sections, which are not translated. */
const moduleSections =
  'custom type import function table memory global export start element code data datacount tag'.split(' ');
const componentSections =
  'custom core-module core-instance core-type component instance alias type canon start import export value'.split(
    ' ',
  );

/** A section by its number, as the specification calls it: "code". */
export function sectionName(id: number, preamble: NonNullable<Damage['preamble']>): string {
  const names = preamble === 'module' ? moduleSections : componentSections;
  return names[id] ?? String(id);
}

function numberText(value: number): string {
  return value.toLocaleString('en-US');
}

import type { Unsupported } from '../component/unsupported';
import { t } from './t';

/** What jco cannot translate, and what to do about it, in two sentences. */
export function unsupportedText(found: Unsupported): string {
  switch (found.feature) {
    case 'exceptions':
      return t(
        'Core module {0} uses exceptions. Build it without them (C and C++: -fno-exceptions and no setjmp, Rust: panic = "abort").',
        found.module,
      );
    case 'multiple-memories':
      return t('Core module {0} has several memories. Build it with a single memory.', found.module);
    case 'memory64':
      return t('Core module {0} passes values in a 64-bit memory. Build it for wasm32.', found.module);
    case 'shared-memory':
      return t(
        'Core module {0} passes values in a memory that threads share. Build it without threads.',
        found.module,
      );
    case 'threads':
      return t('It uses threads ({0}). Build it without threads.', found.builtin);
    case 'gc':
      return t('It passes values as garbage-collected objects (option gc). Build it for linear memory.');
    case 'export':
      return exportText(found);
  }
}

/** What jco cannot translate, in a few words: "exceptions in core module 0". */
export function unsupportedName(found: Unsupported): string {
  switch (found.feature) {
    case 'exceptions':
      return t('exceptions in core module {0}', found.module);
    case 'multiple-memories':
      return t('several memories in core module {0}', found.module);
    case 'memory64':
      return t('values in the 64-bit memory of core module {0}', found.module);
    case 'shared-memory':
      return t('values in the shared memory of core module {0}', found.module);
    case 'threads':
      return t('threads ({0})', found.builtin);
    case 'gc':
      return t('garbage-collected values');
    case 'export':
      return t('the export {0}, which is neither a function nor an interface', found.name);
  }
}

function exportText({ name, kind }: Extract<Unsupported, { feature: 'export' }>): string {
  switch (kind) {
    case 'type':
      return t('It exports the type {0} outside of an interface. Define the type in an interface.', name);
    case 'module':
      return t('It exports the core module {0}. Export functions and interfaces only.', name);
    case 'component':
      return t('It exports the component {0}. Export functions and interfaces only.', name);
    case 'value':
      return t('It exports the value {0}. Export functions and interfaces only.', name);
    case 'nested-instance':
      return t('Its export {0} contains another instance. Export each interface by itself.', name);
  }
}

/** Says that a component cannot run here, and why, in one paragraph. Empty for an empty list. */
export function unsupportedParagraph(found: readonly Unsupported[]): string {
  if (found.length === 0) return '';
  return [unsupportedHead(), ...found.map(unsupportedText)].join(' ');
}

/** The sentence before {@link unsupportedText}. */
export function unsupportedHead(): string {
  return t('jco, which translates components to JavaScript, cannot translate it.');
}

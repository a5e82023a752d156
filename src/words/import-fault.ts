import type { FoundValue, ImportFault } from '../component/import-fault';
import { t } from './t';

/** What is wrong with the JavaScript that stands in for an import, as a clause: "the module for a:b/c failed in read: …". */
export function importFaultText(fault: ImportFault): string {
  switch (fault.code) {
    case 'not-loaded':
      return t('the module for {0} cannot be loaded: {1}', fault.interface, fault.words);
    case 'typescript':
      return t(
        'the module for {0} is TypeScript, which Node {1} cannot read (Node 24 can): compile it to JavaScript',
        fault.interface,
        fault.node,
      );
    case 'never-loads':
      return t(
        'the module for {0} cannot be loaded: it waits for something that never comes',
        fault.interface,
      );
    case 'exports-nothing':
      return t('the module for {0} exports nothing', fault.interface);
    case 'no-function':
      return t(
        '{0} exports {1}, which has to be a function for {2}, and is {3}',
        fault.path,
        fault.key,
        fault.interface,
        foundText(fault.found),
      );
    case 'no-export':
      return t('{0} exports no {1}, which {2} has', fault.path, fault.key, fault.interface);
    case 'exited':
      return t('the module for {0} called process.exit({1})', fault.interface, fault.status);
    case 'some-exited':
      return t('a module for imports called process.exit({0})', fault.status);
    case 'failed-outside':
      return t('the module for {0} failed outside of a call: {1}', fault.interface, fault.words);
    case 'threw':
      return t('a host function failed with {0}', fault.words);
    case 'told':
      return fault.words;
    default:
      return t('the module for {0} failed in {1}: {2}', fault.interface, fault.key, inCallText(fault));
  }
}

type InCall = Extract<
  ImportFault,
  { code: 'failed' | 'wrong-result' | 'wrong-error' | 'no-error-to-return' | 'promise' }
>;

function inCallText(fault: InCall): string {
  switch (fault.code) {
    case 'failed':
      return fault.words;
    case 'wrong-result':
      return t('it returned {0}, which is not of the type {1}', foundText(fault.found), fault.type);
    case 'wrong-error':
      return t('it threw {0}, which is not of the type {1}', foundText(fault.found), fault.type);
    case 'no-error-to-return':
      return t('it threw {0}, but {1} has no error to return', foundText(fault.found), fault.key);
    case 'promise':
      return t('it returned a promise, but {0} is not async', fault.key);
  }
}

function foundText(found: FoundValue): string {
  if ('text' in found) return found.text;
  switch (found.sort) {
    case 'null':
      return 'null';
    case 'array':
      return t('an array');
    case 'object':
      return t('an object');
    case 'class':
      return t('a class');
    case 'function':
      return t('a function');
  }
}

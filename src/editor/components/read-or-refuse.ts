import { readErrorText } from '../../words/read-error';
import { UserError } from '../common/user-error';
import type { KnownComponent, ReadComponent } from './known-component';

/**
 * What was read of a component that something is to be done with. Throws a UserError for a file that is no component, and for one that is still being read.
 * @param cannot what is refused then, behind the name: "cannot be run"
 */
export function readOrRefuse({ name, content }: KnownComponent, cannot: string): ReadComponent {
  switch (content.type) {
    case 'problem': {
      const { clause, advice } = readErrorText(content.error);
      throw new UserError(`${name} ${cannot}: ${clause}.`, advice);
    }
    case 'reading':
      throw new UserError(`${name} is still being read.`, 'Try again in a moment.');
    case 'component':
      return content;
  }
}

import { readErrorText } from '../../words/read-error';
import { commandErrors, type RefusalText } from '../../words/user-errors';
import { UserError } from '../common/user-error';
import type { KnownComponent, ReadComponent } from './known-component';

/**
 * What was read of a component. Throws a UserError for a file that is no component, and for one that is still being read.
 * @param refuse says what cannot be done with the file, and why
 */
export function readOrRefuse({ name, content }: KnownComponent, refuse: RefusalText): ReadComponent {
  switch (content.type) {
    case 'problem': {
      const { clause, advice } = readErrorText(content.error);
      throw new UserError(refuse(name, clause), advice);
    }
    case 'reading':
      throw new UserError(...commandErrors.stillReading(name));
    case 'component':
      return content;
  }
}

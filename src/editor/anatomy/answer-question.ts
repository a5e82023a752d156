import { findFunctions } from '../../component/anatomy/find-functions';
import { readOverview } from '../../component/anatomy/read-overview';
import { readSizes } from '../../component/anatomy/read-sizes';
import type { WatModule } from '../../component/wat/module-text';
import { printWat, printWatFunction, watModuleOf } from '../../component/wat/read-wat';
import type { AnatomyQuestion, AnatomyResponse } from './anatomy-messages';

/** Says something about the question that is being answered. */
export type Post = (response: DistributiveOmit<AnatomyResponse, 'id'>) => void;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** How many rows are in one message: their clone takes the receiver about a millisecond. */
export const rowsPerMessage = 400;

/** How many functions are found at most, whatever is asked for. */
const mostFound = 1_000;

/** Answers a question about a file, in parts that do not take the receiver long. */
export function answerQuestion(question: AnatomyQuestion, bytes: Uint8Array, post: Post): void {
  switch (question.want) {
    case 'overview':
      post({ type: 'end', answer: { want: 'overview', overview: readOverview(bytes) } });
      break;
    case 'sizes': {
      const { rows, origins, ...table } = readSizes(bytes, (done, total) => {
        post({ type: 'progress', done, total });
      });
      for (const part of partsOf(rows)) post({ type: 'rows', rows: part });
      for (const part of partsOf(origins)) post({ type: 'origins', origins: part });
      post({ type: 'end', answer: { want: 'sizes', table } });
      break;
    }
    case 'functions': {
      const functions = findFunctions(
        bytes,
        question.text,
        Math.min(question.limit, mostFound),
        question.module,
      );
      post({ type: 'end', answer: { want: 'functions', functions } });
      break;
    }
    case 'wat': {
      const wat = watOf(bytes, question.module);
      post({ type: 'end', answer: { want: 'wat', print: wat === null ? null : printWat(wat) } });
      break;
    }
    case 'wat-function': {
      const wat = watOf(bytes, question.module);
      const text = wat === null ? null : printWatFunction(wat, question.index);
      post({ type: 'end', answer: { want: 'wat-function', text } });
      break;
    }
  }
}

/** The module that was printed last: the next question is mostly about the same one, whose names took some time to find. */
let lastWat:
  { readonly bytes: Uint8Array; readonly number: number; readonly wat: WatModule | null } | undefined;

function watOf(bytes: Uint8Array, number: number): WatModule | null {
  if (lastWat?.bytes !== bytes || lastWat.number !== number)
    lastWat = { bytes, number, wat: watModuleOf(bytes, number) };
  return lastWat.wat;
}

function* partsOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += rowsPerMessage) yield items.slice(at, at + rowsPerMessage);
}

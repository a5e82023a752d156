import { t } from './t';
import type { UserErrorText } from './user-errors';

/** What became of a call, in notifications. */
export const callText = {
  stillRunning: () => t('still running'),
  wouldTrap: (call: string, title: string, why: string) =>
    t('Calling {0} again on {1} would trap: {2}.', call, title, why),
  result: (call: string, title: string, result: string) => t('{0} on {1}: {2}', call, title, result),
  noMoreCalls: (text: string) => t('{0} The instance takes no more calls.', text),
};

/** Titles of the boxes in which calls are written, and of consoles. */
export const callTitles = {
  title: (title: string) => t('Call on {0}', title),
  titleFresh: (name: string) => t('Call on a fresh instance of {0}', name),
  titleCompare: (name: string, times: number) => t('Call {0} {1} times and compare', name, times),
  dropTitle: (title: string) => t('Drop handles of {0}', title),
  dropHint: () => t('Their destructors run in the guest'),
  handleFrom: (call: string) => t('from {0}', call),
  consoleTitle: (title: string) => t('Calls: {0}', title),
  comparing: (call: string, name: string) => t('Calling {0} of {1}', call, name),
};

/** Errors of calls. */
export const callErrors = {
  noFunctions: (name: string): UserErrorText => [
    t('{0} exports no function.', name),
    t('There is nothing to call.'),
  ],
  notMade: (name: string, column: number, message: string): UserErrorText => [
    t('{0}: the call was not made. Column {1}: {2}', name, column, message),
    t('Correct it and call again.'),
  ],
  notExported: (name: string, func: string): UserErrorText => [
    t('{0} no longer exports {1}.', name, func),
    t('Call another export.'),
  ],
  resultDiscarded: (func: string): UserErrorText => [
    t('The result of {0} was discarded to make room for later results.', func),
    t('Call it again.'),
  ],
  takesNoCalls: (title: string, why: string): UserErrorText => [
    t('{0} takes no calls: {1}.', title, why),
    t('Open a console on another instance.'),
  ],
  engineKeepsNone: (name: string, engine: string): UserErrorText => [
    t(
      '{0} runs on {1}, which keeps no instance after a call, and a console makes many calls on one.',
      name,
      engine,
    ),
    t('Choose the engine jco with "Choose Engine…".'),
  ],
  notComparable: (call: string, message: string): UserErrorText => [
    t('{0} cannot be called: {1}', call, message),
    t('Correct it and try again.'),
  ],
  notStarted: (name: string): UserErrorText => [t('{0} did not start.', name), t('Run it to see why.')],
  handleRefused: (title: string, why: string): UserErrorText => [
    t('{0}: {1}', title, why),
    t('The Instances view lists the handles of each instance.'),
  ],
};

/** Errors of documents of calls. */
export const callDocumentErrors = {
  notWave: (): UserErrorText => [
    t('The active editor has no calls in WAVE.'),
    t('Choose "Write Call in Editor" first.'),
  ],
  noComponent: (problem = t('This document does not name the component of its calls.')): UserErrorText => [
    problem,
    t('Choose one with the lens on the first line.'),
  ],
  noCallAtCursor: (): UserErrorText => [
    t('There is no call at the cursor.'),
    t('Put the cursor into a call.'),
  ],
  noHandles: (name: string, problem = t('A fresh instance of {0} has no handles.', name)): UserErrorText => [
    problem,
    t('First make the call that returns one.'),
  ],
};

/** Texts in documents of calls. */
export const callDocumentText = {
  noFile: (path: string) => t('There is no file {0} in this workspace.', path),
  exports: (names: readonly string[], more: number) =>
    more > 0
      ? t('Ctrl+Space completes what can be called: {0}, and {1} more.', names.join(', '), more)
      : t('Ctrl+Space completes what can be called: {0}.', names.join(', ')),
  keys: () => t('Ctrl+Enter (on a Mac: Cmd+Enter) makes the call at the cursor.'),
};

/** Lenses over the calls of a document. The editor puts icons before the titles. */
export const callLensText = {
  choose: () => t('Choose the component of these calls…'),
  chooseOther: () => t('Choose another component…'),
  call: (number: number) => t('Call on #{0}', number),
  callHint: (name: string, number: number) =>
    t('Call it on instance #{0} of {1}, which keeps its state', number, name),
  wouldTrap: (number: number) => t('Calling it again on #{0} would trap', number),
  wouldTrapHint: (why: string) => t('{0}. Click to decide.', why),
  read: (number: number) => t('Read on #{0}', number),
  readHint: (handles: readonly string[], name: string, number: number) =>
    t('Show what {0} holds, in the terminal of instance #{1} of {2}', handles.join(', '), number, name),
  drop: (number: number) => t('Drop on #{0}', number),
  dropHint: (handles: readonly string[], name: string, number: number) =>
    t('Drop {0}: the destructor runs in instance #{1} of {2}', handles.join(', '), number, name),
  handles: (number: number) => t('List Handles of #{0}', number),
  handlesHint: () => t('List the resources that calls on it returned'),
  callFresh: () => t('Call in Fresh Instance'),
  callFreshHint: (name: string) => t('Call it on a fresh instance of {0}', name),
  compare: () => t('Compare'),
  compareHint: () => t('Call it several times on one instance and on fresh ones, and compare the results'),
  noResult: () => t('The call did not return'),
  showResult: () => t('Show the whole result'),
};

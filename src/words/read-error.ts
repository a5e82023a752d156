import { basename } from 'node:path';
import type { DecodeProblem } from '../component/decode-error';
import type { ModuleFacts } from '../component/module-facts';
import type { EngineError } from '../engine/errors';
import { obstacleText } from './module-kind';
import { t } from './t';

/** A file that cannot be run, in words. */
export interface ReadErrorText {
  /** A sentence that names the file: "core.wasm is empty." */
  readonly sentence: string;
  /** For a row that names the file already: "empty". */
  readonly row: string;
  /** For the end of a sentence that names the file: "it is empty". */
  readonly clause: string;
  /** What to do about it, as a sentence. */
  readonly advice: string;
}

/** Says why a file cannot be run, and what to do about it. */
export function readErrorText(error: EngineError): ReadErrorText {
  const file = basename(error.path);
  switch (error.code) {
    case 'not-found':
    case 'directory':
    case 'device':
    case 'unreadable':
    case 'empty':
      return fileErrorText(error, file);
    default:
      return contentErrorText(error, file);
  }
}

type FileErrorCode = 'not-found' | 'directory' | 'device' | 'unreadable' | 'empty';
type FileError = Extract<EngineError, { code: FileErrorCode }>;

function fileErrorText(error: FileError, file: string): ReadErrorText {
  switch (error.code) {
    case 'not-found':
      return {
        sentence: t('There is no {0}.', error.path),
        row: t('there is no such file'),
        clause: t('there is no such file'),
        advice: t('Build it, or check the path.'),
      };
    case 'directory':
      return {
        sentence: t('{0} is a directory.', file),
        row: t('a directory'),
        clause: t('it is a directory'),
        advice: t('Choose a .wasm file in it.'),
      };
    case 'device':
      return {
        sentence: t('{0} is a device, not a file.', file),
        row: t('a device, not a file'),
        clause: t('it is a device, not a file'),
        advice: t('Choose a .wasm file.'),
      };
    case 'unreadable':
      return {
        sentence: t('{0} cannot be read: {1}.', file, error.words),
        row: t('cannot be read: {0}', error.words),
        clause: t('it cannot be read: {0}', error.words),
        advice: error.denied ? t('Check the permissions of the file.') : t('Check the path.'),
      };
    case 'empty':
      return {
        sentence: t('{0} is empty.', file),
        row: t('empty'),
        clause: t('it is empty'),
        advice: t('If a build is writing it, run it again when the build is done.'),
      };
  }
}

function contentErrorText(error: Exclude<EngineError, FileError>, file: string): ReadErrorText {
  switch (error.code) {
    case 'not-wasm':
      return {
        sentence: t('{0} is not a WebAssembly file.', file),
        row: t('not a WebAssembly file'),
        clause: t('it is not a WebAssembly file'),
        advice: t('Choose the .wasm file that your toolchain makes.'),
      };
    case 'core-module':
      return moduleErrorText(error.facts, file);
    case 'invalid':
      return invalidText(error.problem, file);
    case 'wit-package':
      return {
        sentence: t('{0} is a WIT package, not a program.', file),
        row: t('a WIT package, not a program'),
        clause: t('it is a WIT package, not a program'),
        advice: t(
          'It has nothing to run. "Show Component Interface" and `fresh-instance inspect --wit` show its interfaces.',
        ),
      };
    case 'http-handler':
      return {
        sentence: t('{0} is an HTTP handler, not a command: it exports {1}.', file, error.handler),
        row: t('an HTTP handler'),
        clause: t('it is an HTTP handler'),
        advice: t('Serve it with `fresh-instance serve`.'),
      };
    case 'no-handler':
      return noHandlerText(error.found, file);
    case 'no-run':
      return {
        sentence: t('{0} does not export wasi:cli/run, so there is nothing to run.', file),
        row: t('does not export wasi:cli/run'),
        clause: t('it does not export wasi:cli/run'),
        advice: t('Call one of its exports with "call".'),
      };
  }
}

function moduleErrorText({ obstacle }: ModuleFacts, file: string): ReadErrorText {
  if (obstacle === null)
    return {
      sentence: t('{0} is a core WebAssembly module, not a component.', file),
      row: t('a core WebAssembly module, not a component'),
      clause: t('it is a core WebAssembly module, not a component'),
      advice: t(
        'Build it for a component target, or make a component of it with `wasm-tools component new` or `jco new`.',
      ),
    };
  const { row, clause, advice } = obstacleText(obstacle);
  return {
    sentence: t('{0} is a core module that cannot be made into a component: {1}.', file, clause),
    row,
    clause,
    advice,
  };
}

function noHandlerText(found: string | undefined, file: string): ReadErrorText {
  const expected = t('It has to export wasi:http/incoming-handler@0.2 or wasi:http/handler@0.3.');
  return found === undefined
    ? {
        sentence: t('{0} does not export an HTTP handler, so there is nothing to serve.', file),
        row: t('does not export an HTTP handler'),
        clause: t('it does not export an HTTP handler'),
        advice: expected,
      }
    : {
        sentence: t('{0} exports {1}, which is of a version that cannot be served.', file, found),
        row: t('an HTTP handler of another version'),
        clause: t('it is an HTTP handler of another version'),
        advice: expected,
      };
}

/** Why a file was not read, as a clause: the editor's window was closed meanwhile. */
export function closingText(): string {
  return t('the window is closing');
}

function invalidText(problem: DecodeProblem, file: string): ReadErrorText {
  if (problem.kind === 'unread')
    return {
      sentence: t('{0} uses component values, which Fresh Instance does not read yet.', file),
      row: t('uses component values, which are not read yet'),
      clause: t('it uses component values, which are not read yet'),
      advice: t('Build it without them: jco cannot translate them either.'),
    };
  const found = decodeProblemText(problem);
  return {
    sentence: t('{0} is not a whole component: {1}.', file, found),
    row: t('not a whole component: {0}', found),
    clause: t('it is not a whole component: {0}', found),
    advice: t('Build it again.'),
  };
}

/** What is wrong with a binary, and where: "truncated at byte 4,000". The decoder's own terms are not translated. */
export function decodeProblemText({ kind, detail, offset }: DecodeProblem): string {
  const at = offset.toLocaleString('en-US');
  return kind === 'truncated' ? t('truncated at byte {0}', at) : t('{0} at byte {1}', detail, at);
}

import { assertNever } from '../base/assert-never';
import { formatBytes } from '../base/size';
import type { StartFailure } from '../component/outcome';
import { wasiStatus } from '../component/wasi';
import { obstacleText } from './module-kind';
import { engineLackText } from './engine-lack';
import { importFaultText } from './import-fault';
import { t } from './t';
import { unsupportedName } from './unsupported';

/** Why an instance could not be made, as a clause: "it imports a:b/c, which is not part of WASI, and …". */
export function startFailureText(failure: StartFailure): string {
  switch (failure.code) {
    case 'missing-imports':
      return missingImportsText(failure.imports);
    case 'no-directory':
      return noDirectoryText(failure);
    case 'memory-too-large':
      return t(
        'its memory begins at {0}, above the limit of {1}',
        formatBytes(failure.bytes),
        formatBytes(failure.limitBytes),
      );
    case 'rebuilt':
      return t('the file was rebuilt while it was being read; run it again');
    case 'unreadable':
      return t('it cannot be read: {0}', failure.words);
    case 'capital-letters':
      return t(
        'jco, which translates it to JavaScript, cannot take the capital letters in the name of its export {0}',
        failure.func,
      );
    case 'unsafe-name':
      return t(
        'it has a name that no toolchain makes, and that could be code: {0}',
        JSON.stringify(failure.name),
      );
    case 'unsupported':
      return t(
        'jco, which translates it to JavaScript, cannot translate this: {0}',
        failure.found.map(unsupportedName).join(', '),
      );
    case 'not-adaptable':
      return obstacleText(failure.obstacle).clause;
    case 'adapting-failed':
      return t('no component can be made of it ({0})', failure.words);
    case 'translator-trapped':
    case 'translator-ended':
    case 'cache-unwritable':
      return noTranslationText(failure);
    case 'no-promise-integration':
      return noPromiseIntegrationText(failure);
    case 'runner-ended':
      return t('the isolated process ended while it was starting ({0})', failure.detail);
    case 'no-wasmtime':
    case 'not-wasmtime':
    case 'wasmtime-too-old':
      return noWasmtimeText(failure);
    case 'engine-lacks':
      return engineLackText(failure.lack);
    case 'import-fault':
      return importFaultText(failure.fault);
    case 'other':
      return failure.words;
    default:
      return assertNever(failure);
  }
}

type NoTranslation = Extract<
  StartFailure,
  { code: 'translator-trapped' | 'translator-ended' | 'cache-unwritable' }
>;

function noTranslationText(failure: NoTranslation): string {
  switch (failure.code) {
    case 'translator-trapped':
      return t('jco, which translates it to JavaScript, failed on it ({0})', failure.words);
    case 'translator-ended':
      return t('the process of jco, which translates it to JavaScript, ended ({0})', failure.detail);
    case 'cache-unwritable':
      return t('its translation cannot be kept in the cache folder {0} ({1})', failure.folder, failure.words);
  }
}

type NoWasmtime = Extract<StartFailure, { code: 'no-wasmtime' | 'not-wasmtime' | 'wasmtime-too-old' }>;

function noWasmtimeText(failure: NoWasmtime): string {
  switch (failure.code) {
    case 'no-wasmtime':
      return failure.path === undefined
        ? t('wasmtime was not found on PATH, in ~/.wasmtime/bin or in ~/.cargo/bin')
        : t('{0}, which is to be wasmtime, is not there or is not a program', failure.path);
    case 'not-wasmtime':
      return t('{0} does not answer as wasmtime does ({1})', failure.path, failure.words);
    case 'wasmtime-too-old':
      return t(
        '{0} is wasmtime {1}, and {2} or later is needed',
        failure.path,
        failure.version,
        failure.least,
      );
  }
}

/** Whether a failure is mended by installing a wasmtime. */
export function needsWasmtime({ code }: StartFailure): boolean {
  return code === 'no-wasmtime' || code === 'not-wasmtime' || code === 'wasmtime-too-old';
}

function noDirectoryText({ found, host }: Extract<StartFailure, { code: 'no-directory' }>): string {
  return found === 'nothing'
    ? t('it is granted {0}, which is not there', host)
    : t('it is granted {0}, which is not a directory', host);
}

function missingImportsText(imports: readonly string[]): string {
  const names = listOf(imports);
  if (imports.every((name) => wasiStatus(name) === 'draft'))
    return imports.length === 1
      ? t(
          'it imports {0}, which is of an older draft of WASI, without a version; build it with a current toolchain',
          names,
        )
      : t(
          'it imports {0}, which are of an older draft of WASI, without versions; build it with a current toolchain',
          names,
        );
  if (imports.every((name) => wasiStatus(name) === 'proposal'))
    return imports.length === 1
      ? t('it imports {0}, which is a proposal for WASI, and nothing here provides it', names)
      : t('it imports {0}, which are proposals for WASI, and nothing here provides them', names);
  return imports.length === 1
    ? t('it imports {0}, which is not part of WASI, and nothing here provides it', names)
    : t('it imports {0}, which are not part of WASI, and nothing here provides them', names);
}

function listOf(names: readonly string[]): string {
  if (names.length < 2) return names.join();
  return t('{0} and {1}', names.slice(0, -1).join(', '), names.at(-1) ?? '');
}

function noPromiseIntegrationText(
  failure: Extract<StartFailure, { code: 'no-promise-integration' }>,
): string {
  if (failure.serves === true)
    return t(
      'serving needs JavaScript Promise Integration; Node {0} does not have it, Node 24 does',
      failure.node,
    );
  return t(
    'it is made for WASI 0.3, whose asynchronous functions need JavaScript Promise Integration; Node {0} does not have it, Node 24 does',
    failure.node,
  );
}

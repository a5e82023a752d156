import type { StartFailure } from '../../component/outcome';
import type { Unsupported } from '../../component/unsupported';
import type { TurnEnd } from './turn';

/**
 * Differences of jco 1.35 from wasmtime that are known, as docs/engines.md states them below "Differences that remain" (a test compares
 * both), with where jco tracks them.
 */
export const jcoDifferences = {
  'capital-letters': undefined,
  'unsafe-names': undefined,
  'promise-integration': undefined,
  exceptions: 'https://github.com/bytecodealliance/jco/pull/1806',
  memory64: 'https://github.com/bytecodealliance/jco/pull/941',
  'multiple-memories': 'https://github.com/bytecodealliance/jco/issues/356',
  threads: undefined,
  gc: undefined,
  'exported-types': undefined,
  'calls-back': 'https://github.com/bytecodealliance/jco/issues/23',
  'engine-fault': 'https://github.com/bytecodealliance/jco/issues',
} as const;

/** One of them, by name. */
export type JcoDifference = keyof typeof jcoDifferences;

/** Those that can be why the ends of both turns are as they are. */
export function differencesOfJco(jco: TurnEnd, wasmtime: TurnEnd): readonly JcoDifference[] {
  if (jco.type === 'not-started') return [...new Set(ofFailure(jco.failure))];
  // wasmtime traps where a component is entered again; jco lets some of these calls through, and fails in others.
  if (wasmtime.type === 'trapped' && wasmtime.trap.kind === 'cannot-enter' && !isTrap(jco, 'cannot-enter'))
    return ['calls-back'];
  return isTrap(jco, 'engine-failed') ? ['engine-fault'] : [];
}

function isTrap(end: TurnEnd, kind: 'cannot-enter' | 'engine-failed'): boolean {
  return end.type === 'trapped' && end.trap.kind === kind;
}

function ofFailure(failure: StartFailure): readonly JcoDifference[] {
  switch (failure.code) {
    case 'capital-letters':
      return ['capital-letters'];
    case 'unsafe-name':
      return ['unsafe-names'];
    case 'no-promise-integration':
      return ['promise-integration'];
    case 'unsupported':
      return failure.found.map(ofUnsupported);
    case 'translator-trapped':
    case 'translator-ended':
      return ['engine-fault'];
    default:
      return [];
  }
}

function ofUnsupported({ feature }: Unsupported): JcoDifference {
  switch (feature) {
    case 'shared-memory':
    case 'threads':
      return 'threads';
    case 'export':
      return 'exported-types';
    default:
      return feature;
  }
}

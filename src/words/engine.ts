import type { EngineIdentity } from '../engine/backend';
import type { StartFailure } from '../component/outcome';
import type { EngineName } from '../instance/profile';
import { startFailureText } from './start-failure';
import { t } from './t';

/** An engine with its version, as far as that is known: `wasmtime 49.0.3`. */
export function engineText({ name, version }: EngineIdentity): string {
  return version === undefined ? name : `${name} ${version}`;
}

/** The name of an instance with its engine, where that is not the one that we bring along. */
export function instanceName(name: string, engine: EngineIdentity): string {
  return engine.name === 'jco' ? name : t('{0} on {1}', name, engineText(engine));
}

/** Texts of "Choose Engine…". */
export const chooseEngineText = {
  title: () => t('Engine that components run on'),
  current: () => t('current'),
  bundled: () => t('comes with Fresh Instance'),
  detail: (engine: EngineName) =>
    engine === 'jco'
      ? t('Instances are kept after a call, pre-warmed, and can be debugged.')
      : t('Your own program. An instance ends with its call.'),
  missing: (failure: StartFailure) => sentenceOf(startFailureText(failure)),
  install: () => t('Install wasmtime…'),
  setPath: () => t('Set the path of wasmtime…'),
  chosen: (engine: string) =>
    t('Components run on {0}. Those with an engine of their own stay on it.', engine),
};

function sentenceOf(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

import { verdictReason } from '../../words/verdict';
import type { Verdict } from '../../reuse/verdict';
import type { SecondRunFinding } from '../../source/host/host-findings';
import {
  secondRunText as words,
  trappingRunText,
  undecidedRunText,
  unknownComponentText,
} from '../../words/second-runs';

/** What a second run in host code comes to. */
export interface SecondRunText {
  /** A warning if it is known to trap, else information. */
  readonly severity: 'warning' | 'information';
  readonly message: string;
  readonly lens: string;
}

/**
 * The texts for a second call of run on one instance. Null if there is nothing to say: the component is known and can run again.
 * @param subject the component that the code means, if it is known
 */
export function secondRunText(
  finding: Pick<SecondRunFinding, 'isRepeated'>,
  subject: { readonly name: string; readonly verdict: Verdict } | undefined,
): SecondRunText | null {
  const kind = finding.isRepeated ? 'repeated' : 'second';
  const undecided = (message: string): SecondRunText => ({
    severity: 'information',
    message,
    lens: `$(info) ${words.lensUndecided()}`,
  });
  if (subject === undefined) return undecided(unknownComponentText(kind));
  const { name, verdict } = subject;
  switch (verdict.repeat) {
    case 'reruns':
    case 'no-run':
      return null;
    case 'traps':
    case 'likely-traps': {
      const certain = verdict.repeat === 'traps';
      return {
        severity: 'warning',
        message: trappingRunText(kind, name, certain, verdictReason(verdict)),
        lens: `$(warning) ${certain ? words.lensTraps() : words.lensProbablyTraps()}`,
      };
    }
    case 'unknown':
      return undecided(undecidedRunText(kind, name, verdictReason(verdict)));
  }
}

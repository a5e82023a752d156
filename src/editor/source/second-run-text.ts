import type { Verdict } from '../../reuse/verdict';
import type { SecondRunFinding } from '../../source/host/host-findings';

/** What a second run in host code comes to, in words. */
export interface SecondRunText {
  /** A warning where it is known to trap; information where that is not known. */
  readonly severity: 'warning' | 'information';
  readonly message: string;
  readonly lens: string;
}

/**
 * Words for a second call of run on one instance. Null where there is nothing to say: the component is known and may be run again.
 * @param subject the component that the code means, where it is known
 */
export function secondRunText(
  finding: Pick<SecondRunFinding, 'isRepeated'>,
  subject: { readonly name: string; readonly verdict: Verdict } | undefined,
): SecondRunText | null {
  const call = finding.isRepeated
    ? 'This run is repeated on one instance'
    : 'This is a second run on the same instance';
  if (subject === undefined) {
    return {
      severity: 'information',
      message: `${call}. Most commands may run once per instance and trap then; the component is not known here.`,
      lens: '$(info) second run on this instance may trap',
    };
  }
  const { name, verdict } = subject;
  switch (verdict.repeat) {
    case 'reruns':
    case 'no-run':
      return null;
    case 'traps':
    case 'likely-traps':
      return {
        severity: 'warning',
        message: `${call} of ${name}, which ${verdict.repeat === 'traps' ? 'would' : 'probably would'} trap: ${verdict.reason}.`,
        lens: `$(warning) second run on this instance ${verdict.repeat === 'traps' ? 'would' : 'probably would'} trap — Run in Fresh Instance`,
      };
    case 'unknown':
      return {
        severity: 'information',
        message: `${call} of ${name}. Whether it would trap is not known: ${verdict.reason}.`,
        lens: '$(info) second run on this instance may trap',
      };
  }
}

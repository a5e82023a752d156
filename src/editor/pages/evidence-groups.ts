import type { Evidence } from '../../reuse/evidence';
import type { Basis } from '../../reuse/verdict';
import { describeEvidence } from '../../words/evidence';
import { pageText } from '../../words/explain';
import { sentence } from './html';

/** Claims that rest on the same basis. */
export interface EvidenceGroup {
  readonly title: string;
  /** Sentences, in which backquotes mark code. */
  readonly claims: readonly string[];
}

const groups: readonly { readonly basis: Exclude<Basis, 'none'>; readonly title: () => string }[] = [
  { basis: 'observed', title: pageText.observed },
  { basis: 'probe', title: pageText.probed },
  { basis: 'static', title: pageText.static },
];

/** Every claim under the basis that it rests on, the strongest first. */
export function evidenceGroups(evidence: readonly Evidence[]): readonly EvidenceGroup[] {
  return groups
    .map(({ basis, title }) => ({
      title: title(),
      claims: evidence
        .filter((item) => basisOf(item) === basis)
        .map((item) => sentence(describeEvidence(item))),
    }))
    .filter(({ claims }) => claims.length > 0);
}

function basisOf({ type }: Evidence): Exclude<Basis, 'none'> {
  switch (type) {
    case 'observed-call':
      return 'observed';
    case 'probe-call':
    case 'probe-output':
    case 'memory-growth':
      return 'probe';
    default:
      return 'static';
  }
}

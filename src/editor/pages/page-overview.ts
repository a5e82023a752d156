import { formatBytes } from '../../base/size';
import type { Button, Overview, PageAction, TextGroup, Tone } from '../../page/messages';
import { wouldTrap, type Verdict } from '../../reuse/verdict';
import { basisText, pageVerdictText } from '../../words/explain';
import { pageButtonText, pageFactText } from '../../words/page';
import { adaptedText } from '../../words/module-kind';
import { readErrorText } from '../../words/read-error';
import { componentRowText } from '../../words/tree';
import { unsupportedHead, unsupportedText } from '../../words/unsupported';
import { verdictNotes, verdictReason } from '../../words/verdict';
import { producerNames, type KnownComponent, type ReadComponent } from '../components/known-component';
import { evidenceGroups } from './evidence-groups';
import { sentence } from './html';

/** What the head of a page tells. */
export interface OverviewSubject {
  readonly component: KnownComponent;
  /** What a repeated call would do; absent while the file is not read. */
  readonly verdict?: Verdict;
  /** The size of the file in bytes while it is being read, where it is known. */
  readonly sizeBytes?: number;
  /** Whether guests may run here. */
  readonly trusted: boolean;
}

/** The head of a page: what the file is, what can be done with it, and what a repeated call would do. */
export function pageOverview(subject: OverviewSubject): Overview {
  const { component, sizeBytes } = subject;
  const { name, path, content } = component;
  const none = { name, notices: [], buttons: [], facts: [{ title: pageFactText.path(), lines: [path] }] };
  const size = sizeBytes === undefined ? [] : [formatBytes(sizeBytes)];
  switch (content.type) {
    case 'reading':
      return { ...none, summary: [componentRowText.reading(), ...size] };
    case 'problem': {
      const { sentence: problem, advice, row } = readErrorText(content.error);
      return { ...none, summary: [row, ...size], problem: { sentence: problem, advice } };
    }
    case 'component':
      return componentOverview(subject, content);
  }
}

function componentOverview(
  { component, verdict, trusted }: OverviewSubject,
  content: ReadComponent,
): Overview {
  const { summary, build, unsupported } = content;
  return {
    name: component.name,
    summary: [
      ...(build.adapted === undefined ? [] : [adaptedText(build.adapted)]),
      summary.entry === null ? pageFactText.library() : pageFactText.component(),
      formatBytes(build.sizeBytes),
      ...(summary.hasDebugInfo ? [pageFactText.debugInfo()] : []),
    ],
    ...(unsupported.length === 0
      ? {}
      : { problem: { sentence: unsupportedHead(), advice: unsupported.map(unsupportedText).join(' ') } }),
    notices: trusted ? [] : [pageFactText.restricted()],
    ...(verdict === undefined ? {} : { verdict: verdictOf(verdict) }),
    buttons: buttonsOf(content, trusted),
    facts: factsOf(component, content),
  };
}

function verdictOf(verdict: Verdict): NonNullable<Overview['verdict']> {
  return {
    tone: toneOf(verdict),
    sentence: pageVerdictText(verdict.repeat, verdictReason(verdict)),
    basis: basisText(verdict.basis),
    notes: verdictNotes(verdict).map(sentence),
    evidence: evidenceGroups(verdict.evidence).map(({ title, claims }) => ({ title, lines: claims })),
  };
}

function toneOf(verdict: Verdict): Tone {
  if (wouldTrap(verdict)) return 'warning';
  return verdict.repeat === 'reruns' ? 'passed' : 'plain';
}

/** What can be done: a library has no run, and nothing runs in Restricted Mode. */
function buttonsOf({ summary }: ReadComponent, trusted: boolean): readonly Button<PageAction>[] {
  const runs = (action: PageAction, label: string, primary = false): Button<PageAction> => ({
    action,
    label,
    ...(primary ? { primary } : {}),
    ...(trusted ? {} : { disabled: true }),
  });
  const hasRun = summary.entry !== null;
  return [
    ...(hasRun ? [runs('run', pageButtonText.run(), true), runs('debug', pageButtonText.debug())] : []),
    runs('call', pageButtonText.call(), !hasRun),
    ...(hasRun ? [runs('probe', pageButtonText.probe())] : []),
    runs('console', pageButtonText.console()),
    { action: 'explain', label: pageButtonText.explain() },
    { action: 'interface', label: pageButtonText.interface() },
  ];
}

function factsOf({ path }: KnownComponent, content: ReadComponent): readonly TextGroup[] {
  const { summary, build, sources } = content;
  const fact = (title: string, ...lines: readonly string[]): TextGroup => ({ title, lines });
  return [
    ...(summary.entry === null ? [] : [fact(pageFactText.runCalls(), summary.entry)]),
    fact(pageFactText.size(), pageFactText.bytes(build.sizeBytes)),
    fact(pageFactText.madeBy(), ...producerNames(summary)),
    fact(
      pageFactText.debugging(),
      summary.hasDebugInfo ? pageFactText.hasDebugInfo(sources.length) : pageFactText.noDebugInfo(),
    ),
    fact(pageFactText.modified(), new Date(build.modifiedAt).toLocaleString()),
    fact(pageFactText.path(), path),
    fact(pageFactText.hash(), build.sha256),
  ].filter(({ lines }) => lines.length > 0);
}

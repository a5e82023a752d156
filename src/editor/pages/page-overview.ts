import { formatBytes } from '../../base/size';
import type { FileFacts } from '../../component/anatomy/facts';
import type { Overview as Inside } from '../../component/anatomy/overview';
import type { Button, Overview, PageAction, TextGroup, Tone } from '../../page/messages';
import { wouldTrap, type Verdict } from '../../reuse/verdict';
import { basisText, pageVerdictText } from '../../words/explain';
import { damageLines } from '../../words/damage';
import { adaptedText } from '../../words/module-kind';
import { metadataText, pageButtonText, pageFactText } from '../../words/page';
import { readErrorText } from '../../words/read-error';
import { componentRowText } from '../../words/tree';
import { unsupportedHead, unsupportedText } from '../../words/unsupported';
import { verdictNotes, verdictReason } from '../../words/verdict';
import {
  isWitPackage,
  producerNames,
  type KnownComponent,
  type ReadComponent,
} from '../components/known-component';
import { evidenceGroups } from './evidence-groups';
import { sentence } from './html';

/** What the head of a page tells. */
export interface OverviewSubject {
  readonly component: KnownComponent;
  /** What a repeated call would do; absent while the file is not read. */
  readonly verdict?: Verdict;
  /** The size of the file in bytes while it is being read, where it is known. */
  readonly sizeBytes?: number;
  /** What was found inside of the file; absent until it is. */
  readonly inside?: Inside;
  /** Whether guests may run here. */
  readonly trusted: boolean;
}

/** The head of a page: what the file is, what can be done with it, and what a repeated call would do. */
export function pageOverview(subject: OverviewSubject): Overview {
  const { component, sizeBytes, inside } = subject;
  const { name, path, content } = component;
  const bytes = inside?.fileBytes ?? sizeBytes;
  const size = bytes === undefined ? [] : [formatBytes(bytes)];
  switch (content.type) {
    case 'reading':
      return { name, summary: [componentRowText.reading(), ...size], notices: [], buttons: [], facts: [] };
    case 'problem': {
      const { sentence: problem, advice, row } = readErrorText(content.error);
      const isThere = content.error.code !== 'not-found';
      return {
        name,
        summary: [row, ...(isThere ? size : [])],
        problem: {
          sentence: problem,
          advice,
          tone: isWitPackage(content) ? 'plain' : 'failed',
        },
        notices: [],
        buttons: isWitPackage(content) ? [interfaceButton] : [],
        facts: [
          ...(isThere && inside !== undefined ? insideFacts(inside) : []),
          fact(pageFactText.path(), path),
        ],
      };
    }
    case 'component':
      return componentOverview(subject, content);
  }
}

function componentOverview(
  { component, verdict, trusted, inside }: OverviewSubject,
  content: ReadComponent,
): Overview {
  const { summary, build, unsupported } = content;
  return {
    name: component.name,
    summary: [
      kindText(content),
      formatBytes(build.sizeBytes),
      ...wasiWords(inside),
      ...(summary.hasDebugInfo ? [pageFactText.debugInfo()] : []),
    ],
    ...(unsupported.length === 0
      ? {}
      : {
          problem: {
            tone: 'failed',
            sentence: unsupportedHead(),
            advice: unsupported.map(unsupportedText).join(' '),
          },
        }),
    notices: trusted ? [] : [pageFactText.restricted()],
    ...(verdict === undefined ? {} : { verdict: verdictOf(verdict) }),
    buttons: buttonsOf(content, trusted),
    facts: factsOf(component, content, inside),
  };
}

function kindText({ build, summary }: ReadComponent): string {
  if (build.adapted !== undefined) return adaptedText(build.adapted);
  return summary.entry === null ? pageFactText.library() : pageFactText.component();
}

/** The versions of WASI: `WASI 0.2.3`. */
function wasiWords(inside: Inside | undefined): readonly string[] {
  const versions = inside?.facts.wasi.map(({ version }) => version).filter((version) => version !== '') ?? [];
  return versions.length === 0 ? [] : [`WASI ${versions.join(', ')}`];
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
function buttonsOf({ summary, build }: ReadComponent, trusted: boolean): readonly Button<PageAction>[] {
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
    runs('compare-engines', pageButtonText.compareEngines()),
    { action: 'explain', label: pageButtonText.explain() },
    interfaceButton,
    ...(build.adapted === undefined ? [] : [{ action: 'save', label: pageButtonText.save() } as const]),
  ];
}

const interfaceButton: Button<PageAction> = {
  action: 'interface',
  get label() {
    return pageButtonText.interface();
  },
};

function factsOf(
  { path }: KnownComponent,
  content: ReadComponent,
  inside: Inside | undefined,
): readonly TextGroup[] {
  const { summary, build, sources } = content;
  return [
    ...(summary.entry === null ? [] : [fact(pageFactText.runCalls(), summary.entry)]),
    fact(pageFactText.size(), pageFactText.bytes(build.sizeBytes)),
    ...(inside === undefined
      ? [fact(pageFactText.madeBy(), ...producerNames(summary))]
      : insideFacts(inside)),
    fact(
      pageFactText.debugging(),
      summary.hasDebugInfo ? pageFactText.hasDebugInfo(sources.length) : pageFactText.noDebugInfo(),
      ...(inside === undefined ? [] : debugLines(inside.facts)),
    ),
    fact(pageFactText.modified(), new Date(build.modifiedAt).toLocaleString()),
    fact(pageFactText.path(), path),
    fact(pageFactText.hash(), build.sha256),
  ].filter(({ lines }) => lines.length > 0);
}

/** What a file of any kind says of itself, and what is damaged in it. */
function insideFacts({ facts, damage }: Inside): readonly TextGroup[] {
  const { metadata, wasi, features } = facts;
  return [
    ...(damage === null ? [] : [fact(pageFactText.damage(), ...damageLines(damage))]),
    fact(pageFactText.madeBy(), ...producerNames(facts)),
    ...metadata.map(({ key, value }) => fact(metadataText(key), value)),
    fact(
      'WASI',
      ...wasi.map(({ version, packages }) =>
        [version, packages.join(', ')].filter((part) => part !== '').join(': '),
      ),
    ),
    fact(pageFactText.features(), ...(features.length === 0 ? [] : [features.join(', ')])),
  ].filter(({ lines }) => lines.length > 0);
}

function debugLines({ debug }: FileFacts): readonly string[] {
  const { dwarfBytes, namedFunctions, external, sourceMap, buildId } = debug;
  return [
    ...(dwarfBytes === 0 ? [] : [pageFactText.dwarf(formatBytes(dwarfBytes))]),
    ...(namedFunctions === 0 ? [] : [pageFactText.named(namedFunctions)]),
    ...(external === null ? [] : [pageFactText.external(external)]),
    ...(sourceMap === null ? [] : [pageFactText.sourceMap(sourceMap)]),
    ...(buildId === null ? [] : [pageFactText.buildId(buildId)]),
  ];
}

function fact(title: string, ...lines: readonly string[]): TextGroup {
  return { title, lines };
}

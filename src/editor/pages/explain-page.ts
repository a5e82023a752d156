import { describeEvidence, type Evidence } from '../../reuse/evidence';
import type { Unsupported } from '../../component/unsupported';
import { unsupportedHead, unsupportedText } from '../../words/unsupported';
import type { ProbeReport } from '../../reuse/findings';
import { wouldTrap, type Basis, type Repeat, type Verdict } from '../../reuse/verdict';
import { commandIds, type CommandId } from '../common/ids';
import { authorAdvice } from './author-advice';
import { chainList, excerptPart, type SourceHref } from './explain-code';
import { keptList, probeTable } from './explain-probe';
import { html, list, section, sentence } from './html';
import type { VerdictCode } from './read-code';

/** What the page tells. */
export interface ExplainSubject {
  readonly name: string;
  readonly path: string;
  readonly verdict: Verdict;
  /** The export that is called, such as `wasi:cli/run@0.2.3`; null if there is no run. */
  readonly entry: string | null;
  /** Lower versions of run that the component exports too. */
  readonly otherRuns: readonly string[];
  /** Tools that made the component, as they name themselves. */
  readonly producers: readonly string[];
  /** Imports that neither WASI nor a module provides, and without which it cannot start. */
  readonly missing: readonly string[];
  /** What jco cannot translate of it. */
  readonly unsupported: readonly Unsupported[];
  readonly code: VerdictCode;
  /** What a probe of this very content saw, if there was one. */
  readonly probe: ProbeReport | undefined;
  readonly sourceHref: SourceHref;
  /** Whether guests may run here. */
  readonly trusted: boolean;
}

const verdictWords: Readonly<Record<Repeat, string>> = {
  traps: 'A second run on the same instance traps',
  'likely-traps': 'A second run on the same instance probably traps',
  reruns: 'It may be run again on the same instance',
  unknown: 'It is not known what a second run on the same instance does',
  'no-run': 'It has no run to repeat',
};

const basisWords: Readonly<Record<Basis, string>> = {
  observed: 'what was observed on instances of yours',
  probe: 'a probe: an isolated trial',
  static: 'the binary alone; nothing was executed',
  none: 'nothing yet',
};

const links: readonly { readonly text: string; readonly href: string }[] = [
  {
    text: 'wasmtime #10219: calling run twice traps',
    href: 'https://github.com/bytecodealliance/wasmtime/issues/10219',
  },
  {
    text: 'wasi-libc #329: the once-only guard in _start',
    href: 'https://github.com/WebAssembly/wasi-libc/pull/329',
  },
  {
    text: 'component-model #307: whether an export may be called again',
    href: 'https://github.com/WebAssembly/component-model/issues/307',
  },
];

/** The page's body as HTML. Everything that comes from a component is escaped. */
export function explainPage(subject: ExplainSubject): string {
  const { name, verdict, code, probe, sourceHref, entry } = subject;
  const { evidence } = verdict;
  return [
    '<main>',
    `<h1>${html(name)}</h1>`,
    `<p class="verdict ${verdict.repeat}">${html(`${verdictWords[verdict.repeat]}: ${verdict.reason}.`)}</p>`,
    `<p>This rests on ${html(basisWords[verdict.basis])}.</p>`,
    list(verdict.notes.map((note) => html(sentence(note)))),
    section('What to do', advice(subject)),
    wouldTrap(verdict) ? section('If you make this component', authorAdvice) : '',
    section('From the export to the code', chainList(code, evidence, sourceHref)),
    section('The code', code.excerpt === null ? '' : excerptPart(code.excerpt, evidence, sourceHref)),
    ...(probe === undefined ? [] : [section('The probe', keptList(probe), probeTable(probe))]),
    entry === null && evidence.length === 0 ? '' : section('Evidence', evidenceGroups(evidence)),
    section(
      'About the component',
      list([
        ...(entry === null ? [] : [html(`Run calls \`${entry}\`.`)]),
        ...subject.otherRuns.map((run) =>
          html(`It exports \`${run}\` as well; the highest version is called.`),
        ),
        ...(subject.producers.length === 0 ? [] : [html(`Made by ${subject.producers.join(', ')}.`)]),
        `<code>${html(subject.path)}</code>`,
      ]),
    ),
    section('Read more', list(links.map(({ text, href }) => `<a href="${href}">${html(text)}</a>`))),
    '</main>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const groups: readonly { readonly basis: Exclude<Basis, 'none'>; readonly title: string }[] = [
  { basis: 'observed', title: 'Observed on your instances' },
  { basis: 'probe', title: 'Seen in a probe' },
  { basis: 'static', title: 'Read from the binary' },
];

/** Every claim under the basis that it rests on. */
function evidenceGroups(evidence: readonly Evidence[]): string {
  if (evidence.length === 0) return '<p>There is none yet.</p>';
  return groups
    .map(({ basis, title }) => {
      const claims = evidence.filter((item) => basisOf(item) === basis);
      return claims.length === 0
        ? ''
        : `<h3>${title}</h3>\n${list(claims.map((item) => html(sentence(describeEvidence(item)))))}`;
    })
    .join('\n');
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

function advice(subject: ExplainSubject): string {
  const { verdict, path, trusted, entry, probe, missing, unsupported } = subject;
  if (unsupported.length > 0)
    return `<p>${html(unsupportedHead())}</p>${list(unsupported.map((found) => html(unsupportedText(found))))}`;
  const untrusted = '<p>Nothing is run until you trust this workspace.</p>';
  if (missing.length > 0) {
    const names = missing.map((name) => `\`${name}\``).join(', ');
    return list([
      html(`It cannot be started yet: it imports ${names}, which WASI does not provide.`),
      html('Name a JavaScript module that does in the setting `freshInstance.imports`.'),
    ]);
  }
  if (entry === null) {
    const words = '<p>It is a library: its own exports are there to be called.</p>';
    return `${words}${trusted ? `<p>${button(commandIds.callExport, 'Call Export…', path)}</p>` : untrusted}`;
  }
  const buttons = trusted
    ? [
        button(commandIds.runFresh, 'Run in Fresh Instance', path),
        button(commandIds.probeReuse, probe === undefined ? 'Probe Reuse' : 'Probe Again', path, 'secondary'),
      ]
    : [];
  return `${list(adviceWords(verdict))}${buttons.length === 0 ? untrusted : `<p>${buttons.join(' ')}</p>`}`;
}

function adviceWords(verdict: Verdict): readonly string[] {
  if (wouldTrap(verdict)) {
    return ['Run it in a fresh instance each time: that costs a few milliseconds.'];
  }
  if (verdict.repeat === 'unknown') {
    return [
      'That no guard was found does not mean that a second run is safe. A probe tries it in isolation.',
    ];
  }
  return [
    'Calls on one instance share its memory: what one leaves behind, the next one finds.',
    'A fresh instance begins with nothing: use one where a run must not depend on those before it.',
  ];
}

function button(
  command: CommandId,
  text: string,
  path: string,
  kind: 'primary' | 'secondary' = 'primary',
): string {
  const argument = encodeURIComponent(JSON.stringify([{ path }]));
  return `<a class="button ${kind}" href="command:${command}?${argument}">${html(text)}</a>`;
}

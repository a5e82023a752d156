import { describeEvidence } from '../../reuse/evidence';
import { wouldTrap, type Basis, type Repeat, type Verdict } from '../../reuse/verdict';
import { commandIds, type CommandId } from '../ids';

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
  /** The code around the guard as text, where there is a guard. */
  readonly guardCode?: string;
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
  observed: 'observed on instances of yours',
  probe: 'seen in a probe: an isolated trial with nothing granted',
  static: 'read from the binary; nothing was executed',
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
  const { name, verdict, entry } = subject;
  return [
    `<h1>${html(name)}</h1>`,
    `<p class="verdict ${verdict.repeat}">${html(verdictWords[verdict.repeat])}: ${html(verdict.reason)}.</p>`,
    `<p>This rests on what was <strong>${html(basisWords[verdict.basis])}</strong>.</p>`,
    ...verdict.notes.map((note) => `<p>Note: ${html(note)}.</p>`),
    section('Evidence', evidence(verdict)),
    section(
      'The code',
      subject.guardCode === undefined
        ? ''
        : `<pre tabindex="0"><code>${html(subject.guardCode)}</code></pre>`,
    ),
    section('What to do', advice(subject)),
    section(
      'About the component',
      list([
        ...(entry === null ? [] : [`Run calls <code>${html(entry)}</code>.`]),
        ...subject.otherRuns.map(
          (run) => `It exports <code>${html(run)}</code> as well; the highest version is called.`,
        ),
        ...(subject.producers.length === 0 ? [] : [`Made by ${html(subject.producers.join(', '))}.`]),
        `<code>${html(subject.path)}</code>`,
      ]),
    ),
    section('Read more', list(links.map(({ text, href }) => `<a href="${href}">${html(text)}</a>`))),
  ].join('\n');
}

function evidence(verdict: Verdict): string {
  if (verdict.evidence.length === 0) return '<p>There is none yet.</p>';
  return list(verdict.evidence.map((item) => `${html(capital(describeEvidence(item)))}.`));
}

function advice({ verdict, path, trusted, entry }: ExplainSubject): string {
  if (entry === null) return '<p>It is a library: its own exports are there to be called.</p>';
  const buttons = trusted
    ? [
        button(commandIds.runFresh, 'Run in Fresh Instance', path),
        ...(verdict.basis === 'probe' ? [] : [button(commandIds.probe, 'Try a Second Run in a Probe', path)]),
      ]
    : [];
  const words = wouldTrap(verdict)
    ? list([
        'Run it in a fresh instance each time: that costs a few milliseconds.',
        'If you make it and want one instance to be called again, give it an export of its own beside run (a reactor or library world); ' +
          'a command’s <code>main</code> is made to run once.',
      ])
    : verdict.repeat === 'unknown'
      ? list([
          'That no guard was found does not mean that a second run is safe. A probe tries it in isolation.',
        ])
      : list(['Calls on one instance share its memory: what one leaves behind, the next one finds.']);
  return `${words}<p>${buttons.join(' ')}</p>`;
}

function button(command: CommandId, text: string, path: string): string {
  const argument = encodeURIComponent(JSON.stringify([{ path }]));
  return `<a class="button" role="button" href="command:${command}?${argument}">${html(text)}</a>`;
}

function section(title: string, content: string): string {
  return content === '' ? '' : `<h2>${html(title)}</h2>\n${content}`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Escapes text for HTML, and shows what stands between backquotes as code. */
function html(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/`([^`]*)`/g, '<code>$1</code>');
}

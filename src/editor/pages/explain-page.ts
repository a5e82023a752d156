import { verdictNotes, verdictReason } from '../../words/verdict';
import type { Evidence } from '../../reuse/evidence';
import type { Unsupported } from '../../component/unsupported';
import { unsupportedHead, unsupportedText } from '../../words/unsupported';
import { exportLabel, type ExportRef } from '../../instance/call';
import { callInFresh, otherExports, wouldTrapAgain } from '../../words/repeat';
import type { ProbeReport } from '../../reuse/findings';
import { wouldTrap, type Verdict } from '../../reuse/verdict';
import { commandIds } from '../common/ids';
import { aboutText, adviceText, basisText, pageText, pageVerdictText } from '../../words/explain';
import { authorAdvice } from './author-advice';
import { chainList, excerptPart, type SourceHref } from './explain-code';
import { keptList, probeTable } from './explain-probe';
import { evidenceGroups } from './evidence-groups';
import { button, html, list, section, sentence } from './html';
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
  /** Exports besides the entry that trapped when they were called again, and why they would again. */
  readonly trappingExports: readonly TrappingExport[];
  /** What a probe of this very content saw, if there was one. */
  readonly probe: ProbeReport | undefined;
  readonly sourceHref: SourceHref;
  /** Whether guests may run here. */
  readonly trusted: boolean;
}

/** An export that would trap if it was called again. */
export interface TrappingExport {
  readonly export: ExportRef;
  readonly verdict: Verdict;
}

const links: readonly { readonly text: () => string; readonly href: string }[] = [
  {
    text: pageText.linkWasmtime,
    href: 'https://github.com/bytecodealliance/wasmtime/issues/10219',
  },
  {
    text: pageText.linkLibc,
    href: 'https://github.com/WebAssembly/wasi-libc/pull/329',
  },
  {
    text: pageText.linkModel,
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
    `<p class="verdict ${verdict.repeat}">${html(pageVerdictText(verdict.repeat, verdictReason(verdict)))}</p>`,
    `<p>${html(basisText(verdict.basis))}</p>`,
    list(verdictNotes(verdict).map((note) => html(sentence(note)))),
    section(pageText.whatToDo(), advice(subject)),
    wouldTrap(verdict) ? section(pageText.forAuthors(), authorAdvice()) : '',
    section(pageText.fromExport(), chainList(code, evidence, sourceHref)),
    section(pageText.code(), code.excerpt === null ? '' : excerptPart(code.excerpt, evidence, sourceHref)),
    ...(probe === undefined ? [] : [section(pageText.probe(), keptList(probe), probeTable(probe))]),
    entry === null && evidence.length === 0 ? '' : section(pageText.evidence(), evidencePart(evidence)),
    section(otherExports(), trappingExportList(subject)),
    section(
      pageText.about(),
      list([
        ...(entry === null ? [] : [html(aboutText.entry(entry))]),
        ...subject.otherRuns.map((run) => html(aboutText.otherRun(run))),
        ...(subject.producers.length === 0 ? [] : [html(aboutText.producers(subject.producers))]),
        `<code>${html(subject.path)}</code>`,
      ]),
    ),
    section(
      pageText.readMore(),
      list(links.map(({ text, href }) => `<a href="${href}">${html(text())}</a>`)),
    ),
    '</main>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Every claim under the basis that it rests on. */
function evidencePart(evidence: readonly Evidence[]): string {
  if (evidence.length === 0) return `<p>${html(pageText.noEvidence())}</p>`;
  return evidenceGroups(evidence)
    .map(({ title, claims }) => `<h3>${html(title)}</h3>\n${list(claims.map(html))}`)
    .join('\n');
}

function advice(subject: ExplainSubject): string {
  const { verdict, path, trusted, entry, probe, missing, unsupported } = subject;
  if (unsupported.length > 0)
    return `<p>${html(unsupportedHead())}</p>${list(unsupported.map((found) => html(unsupportedText(found))))}`;
  const untrusted = `<p>${html(pageText.untrusted())}</p>`;
  if (missing.length > 0) {
    return list([html(adviceText.missing(missing)), html(adviceText.nameModule())]);
  }
  if (entry === null) {
    const words = `<p>${html(adviceText.library())}</p>`;
    return `${words}${trusted ? `<p>${button(commandIds.callExport, pageText.callExport(), { path })}</p>` : untrusted}`;
  }
  const buttons = trusted
    ? [
        button(commandIds.runFresh, pageText.runFresh(), { path }),
        button(
          commandIds.probeReuse,
          probe === undefined ? pageText.probeFirst() : pageText.probeAgain(),
          { path },
          'secondary',
        ),
      ]
    : [];
  return `${list(adviceTexts(verdict).map(html))}${buttons.length === 0 ? untrusted : `<p>${buttons.join(' ')}</p>`}`;
}

function trappingExportList({ trappingExports, path, trusted }: ExplainSubject): string {
  return list(
    trappingExports.map(({ export: ref, verdict }) => {
      const words = html(wouldTrapAgain(`\`${exportLabel(ref)}\``, verdict));
      return trusted
        ? `${words} ${button(commandIds.callExportFresh, callInFresh(), { path, export: ref }, 'secondary')}`
        : words;
    }),
  );
}

function adviceTexts(verdict: Verdict): readonly string[] {
  if (wouldTrap(verdict)) return [adviceText.fresh()];
  if (verdict.repeat === 'unknown') return [adviceText.unknown()];
  return [adviceText.sharedMemory(), adviceText.freshMemory()];
}

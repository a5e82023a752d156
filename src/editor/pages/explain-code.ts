import type { ChainFunction, LiftChain } from '../../component/lift-chain';
import type { CodeLocation } from '../../component/code-location';
import type { Evidence } from '../../reuse/evidence';
import type { SourceLine } from '../common/open-source';
import { codeText } from '../../words/explain';
import type { CodeExcerpt, VerdictCode } from './read-code';
import { html, list } from './html';

/** The address that opens a source line; undefined where the file is not in the workspace. */
export type SourceHref = (source: SourceLine) => string | undefined;

/** The way from the export to the code that decides, as an ordered list. */
export function chainList(code: VerdictCode, evidence: readonly Evidence[], sourceHref: SourceHref): string {
  const { chain } = code;
  const calls = evidence.find((item) => item.type === 'path')?.calls ?? [];
  // The analysis knows the whole way to the guard; without a guard the chain ends at the first function of the program.
  const beyond = calls.filter(
    (call) =>
      chain?.functions.some((each) => each.module === call.module && each.funcIndex === call.funcIndex) !==
      true,
  );
  return list(
    [
      ...(chain === null ? [] : liftSteps(chain)),
      ...(chain?.functions ?? []).map((step) => chainStep(step, calls, sourceHref)),
      ...beyond.map((call) => `${html(codeText.calls(functionText(call)))}${sourceWords(call, sourceHref)}`),
    ],
    'ol',
  );
}

function liftSteps(chain: LiftChain): readonly string[] {
  return [
    html(codeText.calledExport(`${chain.interface}#${chain.func}`)),
    html(codeText.lifted(chain.lift, chain.coreExport)),
  ];
}

function chainStep(step: ChainFunction, calls: readonly CodeLocation[], sourceHref: SourceHref): string {
  const call = calls.find(({ module, funcIndex }) => module === step.module && funcIndex === step.funcIndex);
  const home = step.moduleName === null ? '' : ` (\`${step.moduleName}\`)`;
  const named: Pick<CodeLocation, 'module' | 'funcIndex' | 'func'> = {
    module: step.module,
    funcIndex: step.funcIndex,
    ...(step.func === null ? {} : { func: step.func }),
  };
  const text = codeText.step(`${functionText(named)}${home}`, `\`0x${step.offset.toString(16)}\``);
  const source = call === undefined ? '' : sourceWords(call, sourceHref);
  return `${html(step.adapter ? codeText.adapter(text) : text)}${source}`;
}

function functionText({
  module,
  funcIndex,
  func,
}: Pick<CodeLocation, 'module' | 'funcIndex' | 'func'>): string {
  return func === undefined
    ? codeText.function(funcIndex, module)
    : codeText.namedFunction(func, funcIndex, module);
}

/** The source line of a place, in parentheses, as a link where it can be opened; nothing if it is not known. */
function sourceWords({ source }: CodeLocation, sourceHref: SourceHref): string {
  return source === undefined ? '' : ` (${sourceLink(source, sourceHref)})`;
}

function sourceLink(source: SourceLine, sourceHref: SourceHref): string {
  const text = html(`${source.file}:${String(source.line)}`);
  const href = sourceHref(source);
  return href === undefined ? `<code>${text}</code>` : `<a href="${html(href)}">${text}</a>`;
}

/** A sentence about a source line, with the line as a link. */
function withLink(sentence: (place: string) => string, source: SourceLine, sourceHref: SourceHref): string {
  return html(sentence(linkSlot)).replace(linkSlot, () => sourceLink(source, sourceHref));
}

/** Stands for a link while the sentence around it is escaped. */
const linkSlot = '\u0000';

/** The function that decides as text, its lines that matter marked in words, and where they stand in the source. */
export function excerptPart(
  excerpt: CodeExcerpt,
  evidence: readonly Evidence[],
  sourceHref: SourceHref,
): string {
  const { place, wat, marks } = excerpt;
  const width = Math.max(...wat.lines.map(({ offset }) => offset.toString(16).length));
  const lines = wat.lines.map(({ offset, depth, text }) => {
    const line = `${offset.toString(16).padStart(width)}  ${'  '.repeat(depth + 1)}${text}`;
    const mark = marks.get(offset);
    return mark === undefined
      ? escaped(line)
      : `<mark>${escaped(line)}  <span class="mark">← ${html(mark)}</span></mark>`;
  });
  const indent = ' '.repeat(width + 2);
  const code = [
    `${indent}${escaped(wat.head)}`,
    ...(wat.before > 0 ? [`${indent}  … ${html(codeText.before(wat.before))}`] : []),
    ...lines,
    ...(wat.after > 0 ? [`${indent}  … ${html(codeText.after(wat.after))}`] : []),
  ].join('\n');
  return [
    `<p>${html(codeText.offsets(functionText(place)))}</p>`,
    `<pre tabindex="0" aria-label="${html(codeText.textLabel())}"><code>${code}</code></pre>`,
    list(sourceLines(evidence, sourceHref)),
  ].join('\n');
}

function sourceLines(evidence: readonly Evidence[], sourceHref: SourceHref): readonly string[] {
  return evidence.flatMap((item) => {
    if (item.type !== 'guard') return [];
    const { place, set } = item;
    return [
      ...(place.source === undefined ? [] : [withLink(codeText.trapAt, place.source, sourceHref)]),
      ...(set?.source === undefined ? [] : [withLink(codeText.markSetAt, set.source, sourceHref)]),
    ];
  });
}

/** Code is shown as it is: backquotes in it mean nothing. */
function escaped(code: string): string {
  return html(code.replace(/`/g, '\u0000')).replaceAll('\u0000', '`');
}

/** Every source line that the page may link to. */
export function sourcesOf(evidence: readonly Evidence[]): readonly SourceLine[] {
  const places = evidence.flatMap((item): readonly (CodeLocation | null)[] => {
    if (item.type === 'path') return item.calls;
    return item.type === 'guard' ? [item.place, item.set] : [];
  });
  return places.flatMap((place) => (place?.source === undefined ? [] : [place.source]));
}

import type { ChainFunction, LiftChain } from '../../component/lift-chain';
import type { CodeLocation, Evidence } from '../../reuse/evidence';
import type { SourceLine } from '../common/open-source';
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
      ...beyond.map((call) => `calls ${functionWords(call)}${sourceWords(call, sourceHref)}`),
    ],
    'ol',
  );
}

const liftWords: Readonly<Record<LiftChain['lift'], string>> = {
  sync: '`canon lift`',
  'async-callback': '`canon lift async` with a callback',
  'async-stackful': '`canon lift async`',
};

function liftSteps(chain: LiftChain): readonly string[] {
  const lifted = chain.coreExport === null ? '' : ` of the core export \`${chain.coreExport}\``;
  return [
    html(`The export \`${chain.interface}#${chain.func}\` is what Run calls.`),
    html(`It is made by ${liftWords[chain.lift]}${lifted}.`),
  ];
}

function chainStep(step: ChainFunction, calls: readonly CodeLocation[], sourceHref: SourceHref): string {
  const role = step.adapter ? 'Adapter, which passes the call on: ' : '';
  const call = calls.find(({ module, funcIndex }) => module === step.module && funcIndex === step.funcIndex);
  const home = step.moduleName === null ? '' : html(` (\`${step.moduleName}\`)`);
  const named: Pick<CodeLocation, 'module' | 'funcIndex' | 'func'> = {
    module: step.module,
    funcIndex: step.funcIndex,
    ...(step.func === null ? {} : { func: step.func }),
  };
  return `${role}${functionWords(named)}${home} at <code>0x${step.offset.toString(16)}</code>${call === undefined ? '' : sourceWords(call, sourceHref)}`;
}

function functionWords({
  module,
  funcIndex,
  func,
}: Pick<CodeLocation, 'module' | 'funcIndex' | 'func'>): string {
  const index = `function ${String(funcIndex)} of core module ${String(module)}`;
  return html(func === undefined ? index : `\`${func}\`, ${index}`);
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
    ...(wat.before > 0 ? [`${indent}  … ${instructions(wat.before)} before`] : []),
    ...lines,
    ...(wat.after > 0 ? [`${indent}  … ${instructions(wat.after)} after`] : []),
  ].join('\n');
  return [
    `<p>${functionWords(place)}; offsets count from the module’s first byte.</p>`,
    `<pre tabindex="0" aria-label="WebAssembly text of the function"><code>${code}</code></pre>`,
    list(sourceLines(evidence, sourceHref)),
  ].join('\n');
}

function sourceLines(evidence: readonly Evidence[], sourceHref: SourceHref): readonly string[] {
  return evidence.flatMap((item) => {
    if (item.type !== 'guard') return [];
    const { place, set } = item;
    return [
      ...(place.source === undefined ? [] : [`The trap is at ${sourceLink(place.source, sourceHref)}.`]),
      ...(set?.source === undefined ? [] : [`The mark is set at ${sourceLink(set.source, sourceHref)}.`]),
    ];
  });
}

function instructions(count: number): string {
  return `${count.toLocaleString('en-US')} instruction${count === 1 ? '' : 's'}`;
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

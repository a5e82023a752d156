import { verdictHeadline, verdictNotes, verdictReason } from '../../words/verdict';
import { basisText } from '../../words/explain';
import { damageLines } from '../../words/damage';
import { adaptedText } from '../../words/module-kind';
import { readErrorText } from '../../words/read-error';
import type { EngineName } from '../../instance/profile';
import type { Instance } from '../../instance/registry';
import type { Verdict } from '../../reuse/verdict';
import { unsupportedParagraph } from '../../words/unsupported';
import {
  entryOf,
  isWitPackage,
  type KnownComponent,
  type ProblemContent,
} from '../components/known-component';
import { componentRowText } from '../../words/tree';
import { spoken, type Icon, type Row } from './rows';

/**
 * The row of a component: its verdict before anything has run, or what is wrong with its file.
 * @param missing imports that neither WASI nor a module provides
 * @param engine what it would be run on
 */
export function componentRow(
  component: KnownComponent,
  verdict: Verdict | undefined,
  instances: readonly Instance[],
  {
    missing = [],
    engine = 'jco',
  }: { readonly missing?: readonly string[]; readonly engine?: EngineName } = {},
): Row {
  const { path, name, content } = component;
  switch (content.type) {
    case 'reading':
      return row({
        name,
        path,
        description: componentRowText.reading(),
        icon: { id: 'loading~spin' },
        context: 'component.reading',
      });
    case 'problem':
      return problemRow(component, content);
    case 'component': {
      const runnable = entryOf(component) !== null;
      const versions = content.summary.runExports;
      const { adapted } = content.build;
      const unsupported = engine === 'jco' ? content.unsupported : [];
      return row({
        name,
        path,
        // Running instances come first: a narrow view cuts off the end.
        description: [
          ...runningWords(instances),
          ...(unsupported.length === 0 ? [] : [componentRowText.unsupported()]),
          ...(missing.length === 0 ? [] : [componentRowText.needs(missing)]),
          ...(runnable ? [] : [componentRowText.library()]),
          verdict === undefined ? '' : verdictHeadline(verdict),
          adapted === undefined ? '' : adaptedText(adapted),
          engine === 'jco' ? '' : componentRowText.engine(engine),
        ]
          .filter((words) => words !== '')
          .join(' · '),
        icon: runnable ? verdictIcon(verdict) : { id: 'library' },
        context: `component.${runnable ? 'runnable' : 'library'}${adapted === undefined ? '' : '.adapted'}`,
        tooltip: [
          ...(adapted === undefined ? [] : [componentRowText.adaptedHint(adapted)]),
          ...(unsupported.length === 0 ? [] : [unsupportedParagraph(unsupported)]),
          ...(missing.length === 0 ? [] : [componentRowText.needsHint(missing)]),
          ...(verdict === undefined ? [] : verdictSentences(verdict)),
          ...(versions.length > 1 ? [componentRowText.runExports(versions)] : []),
        ],
      });
    }
  }
}

/** A file that cannot be run. A WIT package can be looked at, and there is nothing wrong with it. */
function problemRow({ name, path }: KnownComponent, content: ProblemContent): Row {
  const { error, damage } = content;
  const problem = readErrorText(error);
  const isPackage = isWitPackage(content);
  return row({
    name,
    path,
    description: problem.row,
    icon: isPackage ? { id: 'symbol-interface' } : { id: 'warning', color: 'list.warningForeground' },
    context: isPackage ? 'component.wit' : 'component.problem',
    tooltip: [
      ...(error.code === 'core-module' ? [sentence(problem.clause)] : []),
      ...(damage === undefined ? [] : damageLines(damage)),
      problem.advice,
    ],
  });
}

function verdictSentences(verdict: Verdict): readonly string[] {
  return [
    sentence(verdictReason(verdict)),
    ...(verdict.basis === 'none' ? [] : [basisText(verdict.basis)]),
    ...verdictNotes(verdict).map(sentence),
  ];
}

/** The row of a file that is gone from the workspace but has instances, which can still be viewed and stopped. */
export function goneRow(path: string, name: string): Row {
  return row({
    name,
    path,
    description: componentRowText.gone(),
    icon: { id: 'warning', color: 'list.warningForeground' },
    context: 'component.gone',
    tooltip: [componentRowText.goneHint()],
  });
}

function row(parts: {
  name: string;
  path: string;
  description: string;
  icon: Icon;
  context: string;
  tooltip?: readonly string[];
}): Row {
  return {
    label: parts.name,
    description: parts.description,
    icon: parts.icon,
    contextValue: parts.context,
    tooltip: [parts.path, ...(parts.tooltip ?? [])],
    accessibleLabel: componentRowText.label(parts.name, spoken(parts.description)),
  };
}

function verdictIcon(verdict: Verdict | undefined): Icon {
  switch (verdict?.repeat) {
    case 'traps':
    case 'likely-traps':
      return { id: 'package', color: 'list.warningForeground' };
    case 'reruns':
      return { id: 'package', color: 'testing.iconPassed' };
    case 'unknown':
    case 'no-run':
    case undefined:
      return { id: 'package' };
  }
}

function runningWords(instances: readonly Instance[]): readonly string[] {
  const running = instances.filter(({ state }) => state.type === 'running').length;
  return running > 0 ? [componentRowText.running(running)] : [];
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

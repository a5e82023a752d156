import type { Instance } from '../../instance/registry';
import type { Verdict } from '../../reuse/verdict';
import { t } from '../../words/t';
import { unsupportedParagraph } from '../../words/unsupported';
import { entryOf, type KnownComponent } from '../components/known-component';
import { spoken, type Icon, type Row } from './rows';

/**
 * The row of a component: its verdict before anything has run, or what is wrong with its file.
 * @param missing imports that neither WASI nor a module provides
 */
export function componentRow(
  component: KnownComponent,
  verdict: Verdict | undefined,
  instances: readonly Instance[],
  missing: readonly string[] = [],
): Row {
  const { path, name, content } = component;
  switch (content.type) {
    case 'reading':
      return row({
        name,
        path,
        description: 'reading…',
        icon: { id: 'loading~spin' },
        context: 'component.reading',
      });
    case 'problem':
      return row({
        name,
        path,
        description: content.message,
        icon: { id: 'warning', color: 'list.warningForeground' },
        context: 'component.problem',
        tooltip: [content.advice],
      });
    case 'component': {
      const runnable = entryOf(component) !== null;
      const versions = content.summary.runExports;
      return row({
        name,
        path,
        // What goes on comes first: a narrow view cuts off the end.
        description: [
          ...runningWords(instances),
          ...(content.unsupported.length === 0 ? [] : [t('cannot run here')]),
          ...(missing.length === 0 ? [] : [`needs ${missing.join(', ')}`]),
          ...(runnable ? [] : ['library']),
          verdict?.headline ?? '',
        ]
          .filter((words) => words !== '')
          .join(' · '),
        icon: runnable ? verdictIcon(verdict) : { id: 'library' },
        context: runnable ? 'component.runnable' : 'component.library',
        tooltip: [
          ...(content.unsupported.length === 0 ? [] : [unsupportedParagraph(content.unsupported)]),
          ...(missing.length === 0
            ? []
            : [
                `It imports ${missing.join(', ')}, which WASI does not provide. Name a JavaScript module that does in the setting freshInstance.imports.`,
              ]),
          ...(verdict === undefined
            ? []
            : [`${sentence(verdict.reason)} (basis: ${verdict.basis})`, ...verdict.notes.map(sentence)]),
          ...(versions.length > 1 ? [`It exports ${versions.join(' and ')}; the highest is run.`] : []),
        ],
      });
    }
  }
}

/** The row of a file that is gone from the workspace while instances of it are there: they can be looked at and stopped. */
export function goneRow(path: string, name: string): Row {
  return row({
    name,
    path,
    description: 'gone from the workspace · its instances remain',
    icon: { id: 'warning', color: 'list.warningForeground' },
    context: 'component.gone',
    tooltip: ['It was deleted or is left out now. Its instances remain until they are disposed.'],
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
    accessibleLabel: `Component ${parts.name}, ${spoken(parts.description)}`,
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
  return running > 0 ? [`${String(running)} running`] : [];
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

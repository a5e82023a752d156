import type { Instance } from '../../instance/registry';
import type { Verdict } from '../../reuse/verdict';
import { entryOf, type KnownComponent } from '../components/known-component';
import type { Icon, Row } from './present';

/** The row of a component: its verdict before anything has run, or what is wrong with its file. */
export function componentRow(
  component: KnownComponent,
  verdict: Verdict | undefined,
  instances: readonly Instance[],
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
        description: [verdict?.headline ?? '', ...instanceWords(instances)]
          .filter((words) => words !== '')
          .join(' · '),
        icon: runnable ? verdictIcon(verdict) : { id: 'library' },
        context: runnable ? 'component.runnable' : 'component.library',
        tooltip: [
          ...(verdict === undefined
            ? []
            : [`${sentence(verdict.reason)} (basis: ${verdict.basis})`, ...verdict.notes.map(sentence)]),
          ...(versions.length > 1 ? [`It exports ${versions.join(' and ')}; the highest is run.`] : []),
        ],
      });
    }
  }
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
    accessibleLabel: `Component ${parts.name}, ${parts.description}`,
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

function instanceWords(instances: readonly Instance[]): readonly string[] {
  const running = instances.filter(({ state }) => state.type === 'running').length;
  return running > 0 ? [`${String(running)} running`] : [];
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

import { verdictReason } from '../../words/verdict';
import { formatBytes } from '../../base/size';
import { assertNever } from '../../base/assert-never';
import { droppedResource, readType, exportLabel, type Call, trapSource } from '../../instance/call';
import { engineIdentity } from '../../engine/backend';
import { engineText } from '../../words/engine';
import { describeOutcome, describeStop, shortTrap, trapText } from '../../words/outcome';
import { startFailureText } from '../../words/start-failure';
import { plainName } from '../../component/wave/export-lookup';
import {
  acceptsCalls,
  isAlive,
  isBusy,
  offersFurtherCalls,
  type State,
  type StateType,
} from '../../instance/life';
import type { Instance } from '../../instance/registry';
import { callRowText, instanceRowText, stateHint } from '../../words/tree';
import type { TerminalState } from '../terminal/terminal-registry';
import { formatDuration } from '../../base/duration';
import { formatClock } from '../common/format';

/** A row of the tree as data, which can be tested without VS Code. */
export interface Row {
  readonly label: string;
  /** The grey text after the label. */
  readonly description: string;
  readonly icon: Icon;
  /** Joined by dots; the menus' `when` clauses look for the parts. */
  readonly contextValue: string;
  readonly tooltip: readonly string[];
  /** What a screen reader says. */
  readonly accessibleLabel: string;
}

export interface Icon {
  /** A codicon. */
  readonly id: string;
  /** A theme colour; absent for the default one. */
  readonly color?: string;
}

/** A description as a screen reader says it: with pauses for the dots. */
export function spoken(description: string): string {
  return description.replaceAll(' · ', ', ');
}

const stateIcons: Readonly<Record<StateType, Icon>> = {
  starting: { id: 'loading~spin' },
  ready: { id: 'circle-large-outline', color: 'testing.iconPassed' },
  running: { id: 'sync~spin', color: 'charts.blue' },
  spent: { id: 'circle-slash', color: 'testing.iconQueued' },
  trapped: { id: 'error', color: 'testing.iconFailed' },
  exited: { id: 'sign-out', color: 'descriptionForeground' },
  stopped: { id: 'debug-stop', color: 'descriptionForeground' },
  failed: { id: 'warning', color: 'testing.iconErrored' },
  disposed: { id: 'trash', color: 'disabledForeground' },
};

/** The row of an instance. */
export function instanceRow(instance: Instance, now: number, terminal: TerminalState): Row {
  const { state } = instance;
  const description = [
    ...(instance.outdated ? [instanceRowText.outdated()] : []),
    stateWords(state, instance, now),
    ...engineWords(instance),
    ...countWords(instance),
    ...memoryWords(instance),
    ...(instance.debugged ? [instanceRowText.debugged(isAlive(state))] : []),
    ...(instance.standby
      ? [instanceRowText.standby(formatClock(instance.build.modifiedAt))]
      : [formatAge(instance, now)]),
  ].join(' · ');
  const label = `#${String(instance.number)}`;
  return {
    label,
    description,
    icon:
      instance.outdated && isAlive(state)
        ? { id: 'history', color: 'list.warningForeground' }
        : stateIcons[state.type],
    contextValue: [
      'instance',
      state.type,
      ...(acceptsCalls(state) && !instance.standby ? ['callable'] : []),
      ...(offersFurtherCalls(state) && !instance.standby ? ['again'] : []),
      ...(isBusy(state) ? ['stoppable'] : []),
      ...(terminal === 'none' ? [] : ['terminal']),
      ...(terminal === 'cut' ? ['cut'] : []),
    ].join('.'),
    tooltip: [
      instanceRowText.heading(instance.number, explainState(state)),
      ...(instance.outdated ? [instanceRowText.outdatedHint()] : []),
      instanceRowText.engine(engineText(engineIdentity(instance))),
      instanceRowText.madeFrom(
        new Date(instance.createdAt).toLocaleString(),
        instance.build.sha256.slice(0, 12),
      ),
    ],
    accessibleLabel: instanceRowText.label(instance.number, spoken(description)),
  };
}

function stateWords(state: State, instance: Instance, now: number): string {
  switch (state.type) {
    case 'spent':
      return state.why === 'process-ended'
        ? instanceRowText.processEnded()
        : instanceRowText.state(state.type);
    case 'starting':
    case 'ready':
    case 'disposed':
      return instanceRowText.state(state.type);
    case 'running': {
      const startedAt = instance.calls.at(-1)?.startedAt ?? now;
      return instanceRowText.running(formatDuration(now - startedAt));
    }
    case 'trapped': {
      const place = trapPlace(instance.calls.at(-1));
      return instanceRowText.trapped(shortTrap(state.trap), place);
    }
    case 'exited':
      return instanceRowText.exited(state.code);
    case 'stopped':
      return describeStop(state.reason);
    case 'failed':
      return instanceRowText.failed(startFailureText(state.failure));
    default:
      return assertNever(state);
  }
}

/** What a state means, for readers who do not know the word yet. */
function explainState(state: State): string {
  switch (state.type) {
    case 'starting':
      return stateHint.starting();
    case 'ready':
      return stateHint.ready();
    case 'running':
      return stateHint.running();
    case 'spent':
      return state.why === 'process-ended'
        ? stateHint.processEnded()
        : stateHint.spent(verdictReason(state.why));
    case 'trapped':
      return stateHint.trapped(trapText(state.trap));
    case 'exited':
      return stateHint.exited(state.code);
    case 'stopped':
      return stateHint.stopped(describeStop(state.reason));
    case 'failed':
      return stateHint.failed(startFailureText(state.failure));
    case 'disposed':
      return stateHint.disposed();
    default:
      return assertNever(state);
  }
}

/** The engine, where it is not the one that we bring along. */
function engineWords(instance: Instance): readonly string[] {
  const engine = engineIdentity(instance);
  return engine.name === 'jco' ? [] : [engineText(engine)];
}

function countWords({ callCount, state }: Instance): readonly string[] {
  const ended = state.type === 'running' ? callCount - 1 : callCount;
  if (ended === 0) return [];
  return [instanceRowText.calls(ended)];
}

function memoryWords({ memoryBytes, calls }: Instance): readonly string[] {
  if (memoryBytes === undefined) return [];
  const first = calls[0]?.memoryBeforeBytes;
  const growth = first === undefined ? 0 : memoryBytes - first;
  return [`${formatBytes(memoryBytes)}${growth > 0 ? ` (+${formatBytes(growth)})` : ''}`];
}

function formatAge(instance: Instance, now: number): string {
  const age = now - instance.createdAt;
  return age < 60_000 ? instanceRowText.justNow() : instanceRowText.age(formatDuration(age));
}

function trapPlace(call: Call | undefined): string | undefined {
  const source = call && trapSource(call);
  return source === undefined ? undefined : `${source.file}:${String(source.line)}`;
}

/** What was called, and which of a call's commands fit: a drop and a read cannot be made again. */
function callKind(ref: Call['export']): { readonly label: string; readonly kind: 'call' | 'drop' | 'read' } {
  const dropped = droppedResource(ref);
  if (dropped !== null) return { label: callRowText.drop(dropped), kind: 'drop' };
  const read = readType(ref);
  if (read !== null) return { label: callRowText.read(read), kind: 'read' };
  return { label: plainName(ref.func), kind: 'call' };
}

/** The row of a call. */
export function callRow(call: Call, now: number): Row {
  const { label, kind } = callKind(call.export);
  const { ended, result } = call;
  const description =
    ended === undefined
      ? instanceRowText.running(formatDuration(now - call.startedAt))
      : `${result === undefined || ended.outcome.type !== 'ok' ? describeOutcome(ended.outcome) : `→ ${result}`} · ${formatDuration(ended.durationMs)} · ${formatClock(call.startedAt)}`;
  const words = call.arguments === '' ? description : `${call.arguments} · ${description}`;
  return {
    label,
    description: words,
    icon: callIcon(call),
    contextValue: [
      kind,
      ...(ended === undefined ? [] : ['ended']),
      ...(trapSource(call) === undefined ? [] : ['source']),
      ...(result === undefined ? [] : ['result']),
    ].join('.'),
    tooltip: [callRowText.heading(call.number, exportLabel(call.export)), description, ...callFrames(call)],
    accessibleLabel: callRowText.label(call.number, label, spoken(words)),
  };
}

function callIcon(call: Call): Icon {
  switch (call.ended?.outcome.type) {
    case undefined:
      return stateIcons.running;
    case 'ok':
      return { id: 'pass', color: 'testing.iconPassed' };
    case 'error':
      return { id: 'warning', color: 'list.warningForeground' };
    case 'trapped':
      return stateIcons.trapped;
    case 'exited':
      return stateIcons.exited;
    case 'stopped':
      return stateIcons.stopped;
  }
}

function callFrames(call: Call): readonly string[] {
  const outcome = call.ended?.outcome;
  if (outcome?.type !== 'trapped') return [];
  return outcome.frames.slice(0, 10).map(({ func, funcIndex, source, offset }) => {
    const place = source === undefined ? `0x${offset.toString(16)}` : `${source.file}:${String(source.line)}`;
    return callRowText.frame(func ?? callRowText.unnamedFunction(funcIndex), place);
  });
}

import { verdictHeadline, verdictReason } from '../../words/verdict';
import type { CallPlan } from '../../calls/plan-call';
import type { Instance } from '../../instance/registry';
import { wouldTrap, type Verdict } from '../../reuse/verdict';
import { commandIds, type CommandId } from '../common/ids';

/** A lens as data: its words and what a click does. */
export interface LensText {
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId;
  readonly target: { readonly path: string; readonly id?: string };
}

/** What lenses over an entry point tell of a component. */
export interface LensSubject {
  readonly path: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** The component's current instance, which may be running. */
  readonly current: Instance | undefined;
  /** What Run would do. */
  readonly plan: CallPlan;
  readonly trusted: boolean;
}

/** The lens over a version of run that is not called, since there is a higher one. */
export function lowerRunLens(path: string, entry: string): LensText {
  return {
    title: `$(info) Run calls ${entry}, the higher version`,
    tooltip: 'A host takes the highest version of run that it knows. "Call Export…" can call this one.',
    command: commandIds.explainVerdict,
    target: { path },
  };
}

/** The lenses over an entry point, in the component's life: before it ran, while it runs, after it ran. */
export function entryLenses(subject: LensSubject): readonly LensText[] {
  const { path, name, verdict, current, plan, trusted } = subject;
  const component = { path };
  if (!trusted) {
    return [
      {
        title: `${name}: ${verdictHeadline(verdict)}`,
        tooltip: 'Nothing is run until you trust this workspace.',
        command: commandIds.explainVerdict,
        target: component,
      },
    ];
  }
  const fresh: LensText = {
    title: '$(run-all) Run in Fresh Instance',
    tooltip: `Run ${name} in a fresh instance`,
    command: commandIds.runFresh,
    target: component,
  };
  const why: LensText = {
    title: '$(info) Why?',
    tooltip: `What is known about repeated calls of ${name}`,
    command: commandIds.explainVerdict,
    target: component,
  };
  if (current?.state.type === 'running') {
    const instance = { path, id: current.id };
    const number = String(current.number);
    return [
      {
        title: `$(loading~spin) Running on #${number}`,
        tooltip: 'Show its terminal',
        command: commandIds.showTerminal,
        target: instance,
      },
      {
        title: '$(debug-stop) Stop',
        tooltip: `Stop instance #${number} of ${name}`,
        command: commandIds.stop,
        target: instance,
      },
      fresh,
    ];
  }
  if (plan.type === 'ask') {
    return [
      {
        title: `$(warning) instance #${String(plan.instance.number)} has run; calling run again would trap`,
        tooltip: `${verdictReason(plan.why)}. Click to run in a fresh instance.`,
        command: commandIds.runFresh,
        target: component,
      },
      fresh,
      why,
    ];
  }
  return [
    {
      title: '$(play) Run',
      tooltip:
        plan.type === 'call'
          ? `Run ${name} on instance #${String(plan.instance.number)}`
          : `Run ${name} in a fresh instance`,
      command: commandIds.run,
      target: component,
    },
    {
      title: '$(debug-alt) Debug',
      tooltip: `Debug ${name} in a fresh instance`,
      command: commandIds.debug,
      target: component,
    },
    fresh,
    { ...why, title: wouldTrap(verdict) ? verdictHeadline(verdict) : `$(info) ${verdictHeadline(verdict)}` },
  ];
}

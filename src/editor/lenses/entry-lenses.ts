import { verdictHeadline, verdictReason } from '../../words/verdict';
import type { CallPlan } from '../../calls/plan-call';
import type { Instance } from '../../instance/registry';
import { wouldTrap, type Verdict } from '../../reuse/verdict';
import { entryLensText } from '../../words/lenses';
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
    title: `$(info) ${entryLensText.lowerRun(entry)}`,
    tooltip: entryLensText.lowerRunHint(),
    command: commandIds.explainVerdict,
    target: { path },
  };
}

/** The lenses over an entry point: before the component ran, while it runs, after it ran. */
export function entryLenses(subject: LensSubject): readonly LensText[] {
  const { path, name, verdict, current, plan, trusted } = subject;
  const headline = verdictHeadline(verdict);
  if (!trusted) {
    return [
      {
        title: entryLensText.untrusted(name, headline),
        tooltip: entryLensText.untrustedHint(),
        command: commandIds.explainVerdict,
        target: { path },
      },
    ];
  }
  const fresh: LensText = {
    title: `$(run-all) ${entryLensText.runFresh()}`,
    tooltip: entryLensText.runFreshHint(name),
    command: commandIds.runFresh,
    target: { path },
  };
  const why: LensText = {
    title: `$(info) ${entryLensText.why()}`,
    tooltip: entryLensText.whyHint(name),
    command: commandIds.explainVerdict,
    target: { path },
  };
  if (current?.state.type === 'running') return [...runningLenses(subject, current), fresh];
  if (plan.type === 'ask') {
    const warning: LensText = {
      title: `$(warning) ${entryLensText.spent(plan.instance.number)}`,
      tooltip: entryLensText.spentHint(verdictReason(plan.why)),
      command: commandIds.runFresh,
      target: { path },
    };
    return [warning, fresh, why];
  }
  return [
    ...startLenses(subject),
    fresh,
    { ...why, title: wouldTrap(verdict) ? headline : `$(info) ${headline}` },
  ];
}

/** The lenses of an instance that runs. */
function runningLenses({ path, name }: LensSubject, { id, number }: Instance): readonly LensText[] {
  return [
    {
      title: `$(loading~spin) ${entryLensText.running(number)}`,
      tooltip: entryLensText.runningHint(),
      command: commandIds.showTerminal,
      target: { path, id },
    },
    {
      title: `$(debug-stop) ${entryLensText.stop()}`,
      tooltip: entryLensText.stopHint(name, number),
      command: commandIds.stop,
      target: { path, id },
    },
  ];
}

/** The lenses that run and debug. */
function startLenses({ path, name, plan }: LensSubject): readonly LensText[] {
  return [
    {
      title: `$(play) ${entryLensText.run()}`,
      tooltip:
        plan.type === 'call'
          ? entryLensText.runOnHint(name, plan.instance.number)
          : entryLensText.runFreshHint(name),
      command: commandIds.run,
      target: { path },
    },
    {
      title: `$(debug-alt) ${entryLensText.debug()}`,
      tooltip: entryLensText.debugHint(name),
      command: commandIds.debug,
      target: { path },
    },
  ];
}

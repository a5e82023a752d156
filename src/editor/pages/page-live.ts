import { droppedResource, readType, trapSource, type Call } from '../../instance/call';
import { isBusy, offersFurtherCalls } from '../../instance/life';
import type { Instance } from '../../instance/registry';
import type { Button, CallPoint, Live, LiveAction, LiveCall, LiveInstance, Tone } from '../../page/messages';
import { pageButtonText } from '../../words/page';
import type { TerminalState } from '../terminal/terminal-registry';
import { callRow, instanceRow, type Icon } from '../tree/rows';

/** Points of the charts; more cannot be told apart. */
const mostPoints = 500;

interface EndedCall {
  readonly instance: Instance;
  readonly call: Call;
  readonly ended: NonNullable<Call['ended']>;
}

/**
 * The instances of a file with their calls, as the tree shows them, newest first.
 * @param now in ms since the epoch
 */
export function pageLive(
  instances: readonly Instance[],
  now: number,
  terminal: (id: string) => TerminalState,
): Live {
  const used = instances.filter(({ standby }) => !standby);
  return {
    instances: used.toReversed().map((instance) => liveInstance(instance, now, terminal(instance.id))),
    points: pointsOf(used),
  };
}

/** The latest calls that have ended, in the order in which they started. */
function pointsOf(instances: readonly Instance[]): readonly CallPoint[] {
  return instances
    .flatMap((instance) =>
      instance.calls.flatMap((call): readonly EndedCall[] =>
        call.ended === undefined ? [] : [{ instance, call, ended: call.ended }],
      ),
    )
    .sort((a, b) => a.call.startedAt - b.call.startedAt)
    .slice(-mostPoints)
    .map(pointOf);
}

function button(action: LiveAction, label: string): Button<LiveAction> {
  return { action, label };
}

function liveInstance(instance: Instance, now: number, terminal: TerminalState): LiveInstance {
  const { label, description, icon, accessibleLabel } = instanceRow(instance, now, terminal);
  const { state, debugged } = instance;
  return {
    id: instance.id,
    label,
    description,
    tone: toneOfIcon(icon),
    spoken: accessibleLabel,
    buttons: [
      ...(offersFurtherCalls(state) && instance.hasRun && !debugged
        ? [button('run-again', pageButtonText.runAgain())]
        : []),
      ...(isBusy(state) ? [button('stop', pageButtonText.stop())] : []),
      ...(terminal === 'none' ? [] : [button('terminal', pageButtonText.terminal())]),
      button('dispose', pageButtonText.dispose()),
    ],
    calls: instance.calls.toReversed().map((call) => liveCall(call, now)),
  };
}

function liveCall(call: Call, now: number): LiveCall {
  const { label, description, icon, accessibleLabel } = callRow(call, now);
  const isCall = droppedResource(call.export) === null && readType(call.export) === null;
  return {
    number: call.number,
    label,
    description,
    tone: toneOfIcon(icon),
    spoken: accessibleLabel,
    buttons: [
      ...(isCall && call.ended !== undefined ? [button('repeat', pageButtonText.repeat())] : []),
      ...(call.result === undefined ? [] : [button('result', pageButtonText.result())]),
      ...(trapSource(call) === undefined ? [] : [button('trap', pageButtonText.trap())]),
    ],
  };
}

function pointOf({ instance, call, ended }: EndedCall): CallPoint {
  const { label } = callRow(call, 0);
  return {
    id: instance.id,
    number: call.number,
    label: `#${String(instance.number)} ${label} (${String(call.number)})`,
    startedAt: call.startedAt,
    durationMs: ended.durationMs,
    memoryBytes: call.memoryAfterBytes ?? null,
  };
}

/** The colour of a row's icon, by the meaning that the page gives it. */
function toneOfIcon({ id, color }: Icon): Tone {
  switch (color) {
    case 'testing.iconPassed':
      return 'passed';
    case 'testing.iconQueued':
      return 'queued';
    case 'testing.iconFailed':
    case 'testing.iconErrored':
      return 'failed';
    case 'list.warningForeground':
      return 'warning';
    case 'charts.blue':
      return 'busy';
    default:
      return id.endsWith('~spin') ? 'busy' : 'plain';
  }
}

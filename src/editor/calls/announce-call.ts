import type { Verdict } from '../../reuse/verdict';
import type { TrapFacts } from '../../calls/explain-trap';
import { explainCallTrap } from '../../words/trap';
import { verdictReason } from '../../words/verdict';
import type { MadeCall } from '../../calls/call-session';
import { describeOutcome } from '../../words/outcome';
import { notify } from '../common/notify';
import { openSourceOf } from '../common/open-source';
import type { TextPages } from '../pages/text-pages';
import { callText } from '../../words/calls';
import { buttons } from '../../words/notifications';

/** How much of a call's text a notification shows. */
const longestInMessage = 60;

/** What became of a call, in one line. */
export function resultWords({ call, result }: MadeCall): string {
  const outcome = call.ended?.outcome;
  return result ?? (outcome === undefined ? callText.stillRunning() : describeOutcome(outcome));
}

/** Warns, as before a run, of a call that would trap because its export was called on the instance before. */
export async function askRepeatedCall(
  title: string,
  text: string,
  why: Verdict,
): Promise<'fresh' | 'anyway' | 'cancel'> {
  const fresh = buttons.callFresh();
  const anyway = buttons.callAnyway();
  const choice = await notify.warn(
    callText.wouldTrap(shortened(text), title, verdictReason(why)),
    fresh,
    anyway,
  );
  if (choice === fresh) return 'fresh';
  return choice === anyway ? 'anyway' : 'cancel';
}

/** Shows what a call returned. Does not wait for the user. */
export function announceResult(title: string, made: MadeCall, pages: TextPages): void {
  const { result } = made;
  const message = callText.result(shortened(made.text), title, made.folded ?? resultWords(made));
  const show = made.call.ended?.outcome.type === 'ok' ? 'info' : 'warn';
  const showAll = buttons.showResult();
  void notify[show](message, ...(result === null ? [] : [showAll])).then((chosen) =>
    chosen === showAll ? pages.show('result.wave', result ?? '') : undefined,
  );
}

/**
 * Says where a call trapped and offers what helps: its line, and a fresh instance where the call was not the first.
 * @param path of the component
 * @returns whether the user wants the call on a fresh instance
 */
export async function announceTrap(
  title: string,
  text: string,
  facts: TrapFacts,
  path: string,
): Promise<boolean> {
  const line = buttons.showLine();
  const fresh = buttons.callFresh();
  const { source, cause } = facts;
  const { what, next } = explainCallTrap(facts, shortened(text), title);
  const choices = [...(source === undefined ? [] : [line]), ...(cause === 'first-call' ? [] : [fresh])];
  const choice = await notify.warn(`${what} ${next}`, ...choices);
  if (choice === line && source !== undefined) await openSourceOf(path, source);
  return choice === fresh;
}

/** The beginning of a long call. */
function shortened(text: string): string {
  return text.length <= longestInMessage ? text : `${text.slice(0, longestInMessage)}…`;
}

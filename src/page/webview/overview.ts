import type { Button, Overview, PageAction, PageTexts, TextGroup } from '../messages';
import { element, lines, words, type Child } from './dom';
import { details } from './details';
import { send } from './send';

/** The head of the page: what the file is, what can be done with it, and what a repeated call would do. */
export function overviewPart(overview: Overview, texts: PageTexts): Node {
  const { name, summary, problem, notices, verdict, buttons, facts } = overview;
  return element(
    'div',
    {},
    element('h1', {}, name),
    element('p', { class: 'summary' }, summary.join(' · ')),
    problem &&
      element(
        'div',
        { class: `banner ${problem.tone}`, role: 'note' },
        element('p', {}, ...words(problem.sentence)),
        element('p', {}, ...words(problem.advice)),
      ),
    ...notices.map((text) => element('p', { class: 'banner warning', role: 'note' }, ...words(text))),
    buttons.length === 0
      ? undefined
      : element('p', { class: 'buttons' }, ...buttons.map((button) => actionButton(button))),
    verdict && verdictPart(verdict, texts),
    facts.length === 0 ? undefined : factsPart(facts, texts),
  );
}

function actionButton(button: Button<PageAction>): Node {
  return pageButton(button, () => {
    send({ type: 'action', action: button.action });
  });
}

/** A button of ours, with the words that the extension gave it. */
export function pageButton<Action extends string>(
  { action, label, primary, disabled }: Button<Action>,
  onclick: () => void,
  spoken?: string,
): HTMLButtonElement {
  return element(
    'button',
    {
      class: primary === true ? 'primary' : 'secondary',
      type: 'button',
      'data-action': action,
      'aria-label': spoken,
      disabled,
      onclick,
    },
    label,
  );
}

function verdictPart(verdict: NonNullable<Overview['verdict']>, texts: PageTexts): Node {
  const { tone, sentence, basis, notes, evidence } = verdict;
  return element(
    'section',
    { 'aria-label': texts.verdict },
    element('p', { class: `verdict ${tone}` }, ...words(sentence)),
    element('p', { class: 'quiet' }, ...words(basis)),
    lines(notes),
    evidence.length === 0
      ? undefined
      : details('evidence', false, [texts.evidence], () =>
          evidence.flatMap((group): Child[] => [element('h3', {}, group.title), lines(group.lines)]),
        ),
  );
}

function factsPart(facts: readonly TextGroup[], texts: PageTexts): Node {
  return element(
    'section',
    {},
    element('h2', {}, texts.about),
    element(
      'dl',
      {},
      ...facts.flatMap(({ title, lines: values }) => [
        element('dt', {}, title),
        ...values.map((value) => element('dd', {}, value)),
      ]),
    ),
  );
}

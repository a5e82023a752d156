import { defined } from '../../base/defined';
import type {
  Button,
  CallPoint,
  Live,
  LiveAction,
  LiveCall,
  LiveInstance,
  LiveRow,
  PageTexts,
} from '../messages';
import { charts } from './charts';
import { details } from './details';
import { element, type Child } from './dom';
import { pageButton } from './overview';
import { send } from './send';

/** Calls of one instance that are listed at once; earlier ones are in a node of their own. */
const callsListed = 20;

/** The instances of the file with their latest calls, and charts over the calls. */
export function livePart(live: Live, texts: PageTexts): Node {
  const { instances, points } = live;
  return element(
    'section',
    { id: 'live' },
    element('h2', {}, texts.live),
    instances.length === 0 ? element('p', { class: 'quiet' }, texts.noInstances) : undefined,
    points.length < 2 ? undefined : charts(points, texts, showCall),
    ...instances.map((instance) => instancePart(instance, texts)),
  );
}

function instancePart(instance: LiveInstance, texts: PageTexts): Node {
  const { id, calls } = instance;
  const key = `instance/${id}`;
  const [latest, earlier] = [calls.slice(0, callsListed), calls.slice(callsListed)];
  const list = (shown: readonly LiveCall[]) =>
    element('ul', { class: 'calls' }, ...shown.map((call) => callItem(instance, call)));
  const fold = `${key}/earlier`;
  const content = (): Child[] => [
    latest.length === 0 ? undefined : list(latest),
    earlier.length === 0
      ? undefined
      : details(fold, false, [`${texts.earlierCalls} (${String(earlier.length)})`], () => [list(earlier)]),
  ];
  return element(
    'div',
    { class: 'instance', 'data-instance': id },
    details(key, true, rowWords(instance), content),
    rowButtons(instance, instance, undefined),
  );
}

function callItem(instance: LiveInstance, call: LiveCall): Node {
  const title = element(
    'span',
    { class: 'call', tabindex: '-1', 'data-call': callKey(instance.id, call.number) },
    ...rowWords(call),
  );
  return element('li', {}, title, rowButtons(instance, call, call.number));
}

function rowWords({ label, description, tone, spoken }: LiveRow): readonly Node[] {
  return [
    element('span', { class: `dot ${tone}`, 'aria-hidden': 'true' }),
    element('strong', {}, label),
    document.createTextNode(' '),
    element('span', { class: 'quiet', title: spoken }, description),
  ];
}

function rowButtons(instance: LiveInstance, row: LiveRow, number: number | undefined): Node {
  const ask = ({ action }: Button<LiveAction>) => {
    send({ type: 'live', action, id: instance.id, ...defined({ number }) });
  };
  return element(
    'span',
    { class: 'row-buttons' },
    ...row.buttons.map((button) =>
      pageButton(
        button,
        () => {
          ask(button);
        },
        `${button.label}: ${row.spoken}`,
      ),
    ),
  );
}

function callKey(id: string, number: number): string {
  return `${id}/${String(number)}`;
}

/** Leads to a call in the list below the charts. */
function showCall({ id, number }: CallPoint): void {
  const instance = findBy('instance', id);
  // Opened from the outside to the inside: what is in a node is made when it is opened.
  for (let node = instance?.querySelector('details'); node; node = node.querySelector('.inside details')) {
    node.open = true;
    node.dispatchEvent(new Event('toggle'));
    if (findBy('call', callKey(id, number)) !== undefined) break;
  }
  const target = findBy('call', callKey(id, number)) ?? instance?.querySelector('summary') ?? undefined;
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}

function findBy(kind: 'instance' | 'call', key: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[data-${kind}]`)].find(
    (each) => each.dataset[kind] === key,
  );
}

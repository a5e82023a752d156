import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatDuration } from '../../base/duration';
import { formatBytes } from '../../base/size';
import type { CallPoint, PageTexts } from '../messages';
import { element } from './dom';
import { followSize } from './follow-size';

const heightPx = 130;

interface Chart {
  readonly title: string;
  readonly values: readonly (number | null)[];
  readonly format: (value: number) => string;
}

/**
 * Small charts of memory and duration over the calls, in the order in which they were made. A click on a point, or Enter on the one that the
 * arrow keys have chosen, leads to the call.
 */
export function charts(
  points: readonly CallPoint[],
  texts: PageTexts,
  show: (point: CallPoint) => void,
): Node {
  const memory = points.map(({ memoryBytes }) => memoryBytes);
  const all: Chart[] = [
    { title: texts.duration, values: points.map(({ durationMs }) => durationMs), format: formatDuration },
    ...(memory.every((each) => each === null)
      ? []
      : [{ title: texts.memory, values: memory, format: formatBytes }]),
  ];
  return element('div', { class: 'charts' }, ...all.map((chart) => figure(chart, points, texts, show)));
}

function figure(
  { title, values, format }: Chart,
  points: readonly CallPoint[],
  texts: PageTexts,
  show: (point: CallPoint) => void,
): Node {
  const place = element('div', { class: 'plot', role: 'img', tabindex: '0' });
  const reading = element('output', { class: 'quiet' });
  const known = values.filter((value) => value !== null);
  const range = `${format(Math.min(...known))} – ${format(Math.max(...known))}`;
  place.setAttribute('aria-label', `${title}: ${range}. ${texts.chartHint}`);
  const describe = (index: number | null | undefined) => {
    const point = points[index ?? -1];
    const value = values[index ?? -1];
    reading.textContent =
      point === undefined || value === null || value === undefined
        ? range
        : `${point.label}: ${format(value)}`;
  };
  describe(undefined);
  // The chart is made once its place has a width.
  requestAnimationFrame(() => {
    if (!place.isConnected) return;
    const plot = draw(place, values, format, describe);
    const follow = followSize(
      place,
      (width) => {
        plot.setSize({ width, height: heightPx });
      },
      () => {
        plot.destroy();
      },
    );
    new ResizeObserver(follow).observe(place);
    const open = () => {
      const point = points[plot.cursor.idx ?? -1];
      if (point !== undefined) show(point);
    };
    place.addEventListener('click', open);
    place.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') open();
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const index = Math.min(points.length - 1, Math.max(0, (plot.cursor.idx ?? points.length) + step));
      plot.setCursor({ left: plot.valToPos(index + 1, 'x'), top: heightPx / 2 });
    });
  });
  return element('figure', {}, element('figcaption', {}, element('strong', {}, title), ' ', reading), place);
}

function draw(
  place: HTMLElement,
  values: readonly (number | null)[],
  format: (value: number) => string,
  describe: (index: number | null | undefined) => void,
): uPlot {
  const style = getComputedStyle(document.body);
  const colour = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
  const ink = colour('--vscode-foreground', '#888');
  const line = colour('--vscode-charts-blue', ink);
  const grid = { stroke: colour('--vscode-panel-border', 'transparent'), width: 1 };
  const axis = { stroke: ink, font: `11px ${style.fontFamily}`, grid, ticks: grid };
  return new uPlot(
    {
      width: Math.max(1, place.clientWidth),
      height: heightPx,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { x: { time: false }, y: { range: (_plot, _low, high) => [0, Math.max(high * 1.1, 1e-3)] } },
      axes: [
        { ...axis, size: 26, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
        { ...axis, size: 68, values: (_plot, ticks) => ticks.map(format) },
      ],
      series: [{}, { stroke: line, width: 1.5, points: { show: true, size: 6, fill: line } }],
      hooks: {
        setCursor: [
          ({ cursor }) => {
            describe(cursor.idx);
          },
        ],
      },
    },
    [values.map((_value, index) => index + 1), [...values]],
    place,
  );
}

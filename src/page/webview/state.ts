import type { SizeGroup } from '../messages';

/** What the page keeps over a reload of the window, and while another editor is in front. */
export interface ViewState {
  readonly scroll: number;
  /** What the user opened or closed, by the key of the node. */
  readonly open: Readonly<Record<string, boolean>>;
  /** The component whose picture is shown; empty for the file's own. */
  readonly scope: string;
  readonly sizes: SizesView;
}

/** What is shown of the sizes. */
export interface SizesView {
  readonly group: SizeGroup;
  readonly sort: 'name' | 'size';
  readonly isDown: boolean;
  readonly search: string;
  /** The part that the treemap shows, by its place among the items. */
  readonly root: number;
}

const none: ViewState = {
  scroll: 0,
  open: {},
  scope: '',
  sizes: { group: 'part', sort: 'size', isDown: true, search: '', root: 0 },
};

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The window that shows the page. It gives this object once. */
export const host = acquireVsCodeApi();

let state = readState(host.getState());

/** The state as it is now. */
export function viewState(): ViewState {
  return state;
}

/** Changes parts of the state, and has the window keep it. */
export function keep(changes: Partial<ViewState>): void {
  state = { ...state, ...changes };
  host.setState(state);
}

/** Remembers whether a node is open. */
export function keepOpen(key: string, isOpen: boolean): void {
  keep({ open: { ...state.open, [key]: isOpen } });
}

/** What an earlier page kept; a page of another version may have kept something else. */
function readState(value: unknown): ViewState {
  if (typeof value !== 'object' || value === null) return none;
  const { scroll, open, scope, sizes } = { ...none, ...value };
  return {
    scroll: typeof scroll === 'number' ? scroll : 0,
    open: typeof open === 'object' ? open : {},
    scope: typeof scope === 'string' ? scope : '',
    sizes: typeof sizes === 'object' ? { ...none.sizes, ...sizes } : none.sizes,
  };
}

/** What the page keeps over a reload of the window, and while another editor is in front. */
export interface ViewState {
  readonly scroll: number;
  /** What the user opened or closed, by the key of the node. */
  readonly open: Readonly<Record<string, boolean>>;
}

const none: ViewState = { scroll: 0, open: {} };

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
  const { scroll, open } = { ...none, ...value };
  return {
    scroll: typeof scroll === 'number' ? scroll : 0,
    open: typeof open === 'object' ? open : {},
  };
}

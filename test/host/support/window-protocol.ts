/**
 * What a host test may ask of the window it runs in. The suite lives in the extension host and sees VS Code's API; the driver
 * (scripts/host/window.mjs) holds the window's page and has the user's eyes and hands. Sent as JSON by HTTP POST.
 *
 * A selector is a Playwright selector: CSS, `text=Run`, `role=button[name="OK"]`, or a chain of them with ` >> `.
 */
export type WindowRequest =
  /** A picture of the window, or of one element, as out/screenshots/NAME.png. */
  | { readonly type: 'screenshot'; readonly name: string; readonly selector?: string | undefined }
  | {
      readonly type: 'click';
      readonly selector: string;
      readonly button?: 'left' | 'right' | undefined;
      readonly count?: number | undefined;
    }
  | { readonly type: 'hover'; readonly selector: string }
  /** Key presses for each character, to the element, which gets the focus, or to whatever has it. */
  | { readonly type: 'type'; readonly text: string; readonly into?: string | undefined }
  /** One key with modifiers, as `Control+C`, `Enter`, `ArrowDown`, to the element, which gets the focus, or to whatever has it. */
  | { readonly type: 'press'; readonly key: string; readonly into?: string | undefined }
  /** Puts a text into an input in place of what it has, in one step, and gives it the focus. */
  | { readonly type: 'fill'; readonly selector: string; readonly text: string }
  /** The texts, or one attribute, of all visible elements. */
  | { readonly type: 'read'; readonly selector: string; readonly attribute?: string | undefined }
  | {
      readonly type: 'waitFor';
      readonly selector: string;
      readonly state: 'visible' | 'hidden';
      readonly timeoutMs: number;
    }
  /** The rows of a tree view as indented text; the view must be visible. */
  | { readonly type: 'readTree'; readonly view: string }
  /** What axe finds serious in the page of the webview that is shown, and by how much it is wider than its place, as texts; none if all is well. */
  | { readonly type: 'audit' }
  /** Makes the window another size, for the rest of the run. */
  | { readonly type: 'resize'; readonly width: number; readonly height: number };

export type WindowResponse =
  | { readonly type: 'done' }
  | { readonly type: 'texts'; readonly texts: readonly string[] }
  | { readonly type: 'failed'; readonly message: string };

/** What the driver tells the suite, as a JSON file named by the environment variable `FRESH_INSTANCE_HOST_RUN`. */
export interface HostRun {
  /** Which run this is, such as `packaged`. */
  readonly name: string;
  /** Bundled test modules, absolute. */
  readonly files: readonly string[];
  /** The reporter appends its lines here; the driver passes them on as they come. */
  readonly reportFile: string;
  /** Made when the suite starts; a second start (after a crash of the extension host) sees it and refuses. */
  readonly startedFile: string;
  /** Written when the suite has ended. */
  readonly countsFile: string;
  readonly windowUrl: string;
  readonly colour: boolean;
  readonly mocha: {
    readonly grep?: string | undefined;
    readonly fgrep?: string | undefined;
    readonly bail?: boolean | undefined;
    readonly timeout?: number | undefined;
    /** How often a failed test is tried again. The end of the run names those that passed only then. */
    readonly retries: number;
  };
}

export interface HostCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What went wrong, test by test: those that failed, and those that passed only when they were tried again. */
  readonly recap: readonly string[];
}

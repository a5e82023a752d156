/** Names that package.json uses too. test/unit/editor/manifest.test.ts compares both. */

export const commandIds = {
  run: 'freshInstance.run',
  debug: 'freshInstance.debug',
  runFresh: 'freshInstance.runFresh',
  runWithArguments: 'freshInstance.runWithArguments',
  runWithGrants: 'freshInstance.runWithGrants',
  runAgain: 'freshInstance.runAgain',
  stop: 'freshInstance.stop',
  dispose: 'freshInstance.dispose',
  disposeFinished: 'freshInstance.disposeFinished',
  disposeAll: 'freshInstance.disposeAll',
  showTerminal: 'freshInstance.showTerminal',
  callExport: 'freshInstance.callExport',
  callExportFresh: 'freshInstance.callExportFresh',
  writeCall: 'freshInstance.writeCall',
  runCallAtCursor: 'freshInstance.runCallAtCursor',
  runCallAtCursorFresh: 'freshInstance.runCallAtCursorFresh',
  openConsole: 'freshInstance.openConsole',
  repeatCall: 'freshInstance.repeatCall',
  editCall: 'freshInstance.editCall',
  copyCall: 'freshInstance.copyCall',
  showResult: 'freshInstance.showResult',
  showTrap: 'freshInstance.showTrap',
  dropHandle: 'freshInstance.dropHandle',
  compareReuse: 'freshInstance.compareReuse',
  compareEngines: 'freshInstance.compareEngines',
  saveAsComponent: 'freshInstance.saveAsComponent',
  showInterface: 'freshInstance.showInterface',
  openAsWat: 'freshInstance.openAsWat',
  goToFunction: 'freshInstance.goToFunction',
  explainVerdict: 'freshInstance.explainVerdict',
  probeReuse: 'freshInstance.probeReuse',
  chooseEngine: 'freshInstance.chooseEngine',
  refresh: 'freshInstance.refresh',
  showAllOutput: 'freshInstance.showAllOutput',
  chooseComponent: 'freshInstance.chooseComponent',
  clearObservations: 'freshInstance.clearObservations',
  showLog: 'freshInstance.showLog',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Opens the guide for authors; a link of the page that explains verdicts, and no command of the palette. */
export const openGuideCommand = 'freshInstance.openGuide';

/** Names of the settings, without `freshInstance.` in front. */
export const settingNames = [
  'onRepeatedRun',
  'terminal.reveal',
  'profiles',
  'imports',
  'output.capMiB',
  'engine',
  'wasmtime.path',
  'components.sources',
  'components.exclude',
  'probe.automatic',
  'openWasmFiles',
  'lenses.enabled',
  'hovers.enabled',
  'diagnostics.secondRun',
  'standby.max',
  'standby.memoryMiB',
  'standby.idleMinutes',
] as const;

export type SettingName = (typeof settingNames)[number];

export const viewId = 'freshInstance.instances';

export const contextKeys = {
  /** Whether there is any instance. */
  hasInstances: 'freshInstance.hasInstances',
  /** Whether there is an instance that Stop would stop. */
  hasBusy: 'freshInstance.hasBusy',
  /** Whether there is an instance that Dispose Finished Instances would clear away. */
  hasFinished: 'freshInstance.hasFinished',
  /** The components that have no run, by the paths of their files and of their interfaces. */
  libraries: 'freshInstance.libraries',
  /** The core modules that a component can be made of, by the paths of their files and of their interfaces. */
  modules: 'freshInstance.modules',
  /** Whether the guest of the debug session that the user looks at has returned and can be called again. */
  canRunAgainInDebugger: 'freshInstance.canRunAgainInDebugger',
} as const;

/** The product's name, which is not translated. */
export const productName = 'Fresh Instance';

/** The scheme of a component's interface as read-only WIT text. */
export const witScheme = 'fresh-instance-wit';

/** The scheme of core modules, and of single functions of them, as read-only text (WAT). */
export const watScheme = 'fresh-instance-wat';

/** The scheme of texts that we show: results of calls, reports. */
export const textScheme = 'fresh-instance-text';

/** The language of WAVE texts: calls, and results. */
export const waveLanguage = 'wave';

/** Opens a .wasm file as a page. */
export const pageEditorId = 'freshInstance.page';

/** Shows a .wasm file as its interface; one of the choices of "Open With…". */
export const componentEditorId = 'freshInstance.component';

import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { fixture } from '../fixtures';
import { eventually } from './support/eventually';
import { hostileModule, hostileText } from './support/hostile-module';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { readWebview, webview } from './support/webview';
import { audit, click, fill, press, read, resize, screenshot, waitFor } from './support/window';

/** Parts of the page come one after the other; on a busy machine sizes take some time. */
const partTimeoutMs = 30_000;

/** Tests in which axe looks at the page: on a busy machine that takes it half a minute. */
const auditTimeoutMs = 180_000;

/** Opens a file as a click in the Explorer does, and waits for its page. */
async function openPage(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  await eventually(async () => {
    assert.deepEqual(await readWebview('h1'), [basename(uri.path)]);
  }, partTimeoutMs);
}

/** Opens a file of elsewhere as a copy in the workspace: pages of files outside of it would leave their rows in the Instances view. */
async function withPageOf(original: vscode.Uri, check: () => Promise<void>): Promise<void> {
  const copy = sample(basename(original.path));
  await vscode.workspace.fs.copy(original, copy, { overwrite: true });
  try {
    await openPage(copy);
    await check();
  } finally {
    await vscode.workspace.fs.delete(copy);
  }
}

/** Waits until a part of the page has a text. */
async function expectPart(selector: string, expected: RegExp): Promise<string> {
  return await eventually(async () => {
    const text = (await readWebview(selector)).join('\n');
    assert.match(text, expected);
    return text;
  }, partTimeoutMs);
}

/** Waits until the whole page is there: sizes come last. */
async function expectSizes(): Promise<void> {
  await waitFor(`${webview} >> .tile`, 'visible', partTimeoutMs);
}

async function useTheme(theme: string | undefined, kind: string): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update('workbench.colorTheme', theme, vscode.ConfigurationTarget.Global);
  await waitFor(`${webview} >> body.${kind}`);
}

describe('the page of a .wasm file', () => {
  before(showInstances);
  beforeEach(clearInstances);
  after(async () => {
    await resize(1280, 800);
    await clearInstances();
  });

  it('opens by default and says what the file is, what a second run does, and what can be done', async function () {
    this.timeout(auditTimeoutMs);
    await openPage(sample('hello.wasm'));
    await expectPart('.summary', /^component · [\d.]+ KiB · WASI 0\.2\.\d+ · debug information$/);
    assert.match((await readWebview('.verdict')).join(), /^A second run on the same instance traps/);
    assert.deepEqual(await readWebview('.buttons button'), [
      'Run',
      'Debug',
      'Call…',
      'Probe Reuse',
      'Open Console',
      'Compare Engines',
      'Explain Verdict',
      'Interface as Text',
    ]);
    await expectPart('#exports', /wasi:cli\/run@0\.2\.\d+.*run: func\(\) -> result/);
    await expectPart('.graph', /main/);
    await expectSizes();
    assert.deepEqual(await audit(), []);
  });

  it('runs the component, lists its instance and calls, and leads from a chart to a call', async () => {
    await openPage(sample('counter.wasm'));
    await click(`${webview} >> button[data-action="run"]`);
    await expectRows('counter.wasm', /ready · 1 call/);
    await expectPart('div.instance', /#\d+ ready · 1 call/);
    await click(`${webview} >> button[data-action="run-again"]`);
    await expectPart('div.instance', /#\d+ ready · 2 calls/);
    await click(`${webview} >> .plot`);
    await waitFor(`${webview} >> .call:focus`);
    await click(`${webview} >> div.instance button[data-action="dispose"]`);
    await expectPart('#live', /There are none\./);
  });

  it('shows what is in a component, and leads into it and back with the keyboard', async () => {
    await withPageOf(vscode.Uri.file(fixture('composed')), async () => {
      await waitFor(`${webview} >> .box.component >> nth=2`);
      await press('Enter', `${webview} >> .box.component >> nth=1`);
      await expectPart('.about', /^two · instance of a component .*Gets number from one$/);
      await press('Enter', `${webview} >> .about button[data-action="inside"]`);
      await waitFor(`${webview} >> .box.instance`);
      await press('Enter', `${webview} >> #structure button[data-action="back"]`);
      await waitFor(`${webview} >> .box.component >> nth=2`);
      await click(`${webview} >> summary:has-text("The structure as text")`);
      await expectPart('#structure details', /three · instance of a component/);
    });
  });

  it('finds functions in the sizes, and keeps search, sorting and open nodes while another editor is in front', async () => {
    await openPage(sample('hello.wasm'));
    await expectSizes();
    await click(`${webview} >> summary:has-text("Imports")`);
    await press('f', `${webview} >> select`);
    await expectPart('#sizes tbody tr >> nth=0', /^function \d+ \w+/);
    await fill(`${webview} >> input`, 'dlmall');
    await expectPart('#sizes tbody', /^function \d+ dlmalloc\S* ·? ?.*KiB [\d.]+ %$/);
    await click(`${webview} >> button[data-sort="name"]`);
    await click(`${webview} >> button.link`);
    await eventually(() => {
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /\(func \$dlmalloc/);
    });
    await vscode.window.showTextDocument(sample('src/hello.c'));
    await openPage(sample('hello.wasm'));
    await expectPart('#sizes tbody', /dlmalloc/);
    await expectPart('th[aria-sort="ascending"]', /Name/);
    await expectPart('#imports', /wasi:cli\/stdout@0\.2\.\d+ provided: WASI/);
  });

  it('leads to the interface as text', async () => {
    await openPage(sample('greeter.wasm'));
    await click(`${webview} >> button[data-action="interface"]`);
    await eventually(() => {
      assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /greeter\.wit$/);
    });
  });
});

describe('pages of files of all kinds', () => {
  before(showInstances);
  after(clearInstances);

  for (const { name, summary, part = 'main', text } of [
    {
      name: 'async-ok',
      summary: /^component · .* · WASI 0\.3\.0/,
      part: '#exports',
      text: /wasi:cli\/run@0\.3\.0/,
    },
    {
      name: 'tally',
      summary: /^library component · 11\.9 MiB/,
      part: '#exports',
      text: /add: func\(word: string\) -> u32/,
    },
    { name: 'composed', summary: /^library component/, part: '#exports', text: /answer: func\(\) -> u32/ },
    {
      name: 'module-hello',
      summary: /^wasip1 module, adapted/,
      part: '.buttons',
      text: /Run.*Save as Component…/,
    },
    { name: 'module-reactor', summary: /^wasip1 module, adapted/, part: '.buttons', text: /^Call…/ },
    { name: 'module-plain', summary: /core module/, part: '#sizes', text: /section code/ },
    { name: 'module-threads', summary: /uses threads/, part: '.banner', text: /without threads/ },
    { name: 'wit-package', summary: /^a WIT package/, part: '.buttons', text: /^Interface as Text$/ },
    {
      name: 'truncated',
      summary: /^not a whole component/,
      part: 'dl',
      text: /Reading stopped at the end of the file, at byte 4,000/,
    },
    { name: 'empty', summary: /^empty/, part: '.banner', text: /empty/ },
  ])
    it(`tell what ${name}.wasm is`, async () => {
      await withPageOf(vscode.Uri.file(fixture(name)), async () => {
        await expectPart('.summary', summary);
        await expectPart(part, text);
      });
    });

  it('show the first facts of a file of 70 MB before all of it is read, and its sizes later', async function () {
    this.timeout(auditTimeoutMs);
    const llvm = vscode.Uri.joinPath(
      vscode.Uri.file(fixture('hello')),
      '../../../node_modules/@yowasp/clang/gen/llvm.core.wasm',
    );
    // The Instances view leaves `*.core.wasm` out. The page shows it all the same.
    await withPageOf(llvm, async () => {
      await expectPart('.summary', /72 MiB/);
      await expectSizes();
      await expectPart('#sizes', /The table has the [\d,]+ largest of [\d,]+ functions\./);
      assert.deepEqual(await audit(), []);
    });
  });

  it('take names for text, never for markup', async () => {
    const file = sample('hostile.wasm');
    await vscode.workspace.fs.writeFile(file, hostileModule());
    try {
      await openPage(file);
      await expectSizes();
      await expectPart('dl', new RegExp(hostileText.replace(/[[\]()*.]/g, '\\$&')));
      await expectPart('#sizes', new RegExp(hostileText.replace(/[[\]()*.]/g, '\\$&')));
      assert.deepEqual(await read(`${webview} >> :is(img, a, iframe, main script)`), []);
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });

  it('follow the file: a rebuild brings what has changed, and a deleted file is told', async () => {
    const file = sample('built.wasm');
    // As a build does it: VS Code closes the editor of a file that it overwrites itself.
    copyFileSync(sample('hello.wasm').fsPath, file.fsPath);
    await openPage(file);
    await expectSizes();
    copyFileSync(sample('counter.wasm').fsPath, file.fsPath);
    await expectPart('#sizes', /since the build of \d.*/);
    await expectPart('.verdict', /^It (is not known what a second run|can be run again)/);
    rmSync(file.fsPath);
    await expectPart('.banner', /^There is no .*built\.wasm\./);
    assert.deepEqual(await readWebview('.buttons'), []);
  });
});

describe('what opens .wasm files', () => {
  const openedBy = () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputCustom ? input.viewType : 'VS Code';
  };
  const set = (section: string, value: unknown) =>
    vscode.workspace.getConfiguration().update(section, value, vscode.ConfigurationTarget.Global);
  const expectOpener = async (uri: vscode.Uri, expected: string) => {
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.commands.executeCommand('vscode.open', uri);
      assert.equal(openedBy(), expected);
    });
  };

  after(async () => {
    await set('freshInstance.openWasmFiles', undefined);
    await set('workbench.editorAssociations', undefined);
    await vscode.workspace.fs.delete(sample('other-hello.wasm'));
    await clearInstances();
  });

  it('is the page, unless the setting gives the files back', async () => {
    await expectOpener(sample('hello.wasm'), 'freshInstance.page');
    await set('freshInstance.openWasmFiles', 'other');
    await expectOpener(sample('hello.wasm'), 'VS Code');
    await vscode.commands.executeCommand('vscode.openWith', sample('hello.wasm'), 'freshInstance.page');
    await eventually(() => {
      assert.equal(openedBy(), 'freshInstance.page');
    });
    await set('freshInstance.openWasmFiles', undefined);
    await expectOpener(sample('hello.wasm'), 'freshInstance.page');
  });

  it('can be another extension’s editor: the user chooses', async () => {
    const file = sample('other-hello.wasm');
    await vscode.workspace.fs.copy(sample('hello.wasm'), file, { overwrite: true });
    await set('workbench.editorAssociations', { 'other-*.wasm': 'hostTest.other' });
    await expectOpener(file, 'hostTest.other');
    await vscode.commands.executeCommand('vscode.openWith', file, 'freshInstance.page');
    await eventually(async () => {
      assert.deepEqual(await readWebview('h1'), ['other-hello.wasm']);
    });
    await set('workbench.editorAssociations', { 'other-*.wasm': 'freshInstance.page' });
    await expectOpener(file, 'freshInstance.page');
  });
});

describe('the page in every window', () => {
  before(showInstances);
  after(async () => {
    await useTheme(undefined, 'vscode-light');
    await resize(1280, 800);
    await vscode.commands.executeCommand('workbench.action.focusSideBar');
    await clearInstances();
  });

  it('can be read in both high contrast themes, in dark, and at 320 px', async function () {
    this.timeout(auditTimeoutMs);
    await openPage(sample('hello.wasm'));
    await expectSizes();
    for (const [theme, kind, name] of [
      ['Default Dark Modern', 'vscode-dark', 'dark'],
      ['Default High Contrast', 'vscode-high-contrast', 'contrast'],
      ['Default High Contrast Light', 'vscode-high-contrast-light', 'contrast-light'],
    ] as const) {
      await useTheme(theme, kind);
      await screenshot(`page-${name}`);
      assert.deepEqual(await audit(), []);
    }
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await resize(370, 1400);
    await screenshot('page-narrow');
    assert.deepEqual(await audit(), []);
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { clearInstances, expectRows, sample, showInstances } from './support/samples';
import { screenshot } from './support/window';
import { clickLens, expectLenses, lenses } from './support/workbench';

/** A host program that runs the sample `hello.wasm` twice on one instance, as jco's users write it. */
const twice = `import { instantiate } from './hello/hello.js';
import { WASIShim } from '@bytecodealliance/preview2-shim/instantiation';

const loader = () => undefined;
const instance = await instantiate(loader, new WASIShim().getImportObject());
for (let round = 0; round < 3; round++) {
  instance.run.run();
}
`;

describe('host code that runs a component twice on one instance', () => {
  before(async () => {
    await showInstances();
    await clearInstances();
  });

  it('is warned about where the second run is, with the places that lead to it', async () => {
    const document = await open('host/twice.mjs', twice);
    const [diagnostic] = await eventually(() => {
      const found = ours(document.uri);
      assert.equal(found.length, 1);
      return found;
    });
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(
      diagnostic.message,
      /^This run of hello\.wasm is repeated on one instance and would trap: its `_start` may run once per instance/,
    );
    assert.equal(document.getText(diagnostic.range), 'instance.run.run()');
    assert.deepEqual(
      diagnostic.relatedInformation?.map(
        ({ message, location }) => `${message}: ${String(location.range.start.line + 1)}`,
      ),
      ['the instance is made here: 5'],
    );
  });

  it('has a lens on the second run, whose click runs the component in a fresh instance', async () => {
    await eventually(async () => {
      assert.match(
        (await lenses()).join('|'),
        /second run on this instance would trap — Run in Fresh Instance/,
      );
    });
    await screenshot('host-code');
    await clickLens('second run on this instance');
    await expectRows('hello.wasm', /spent · 1 call/);
  });

  it('is mended by a quick fix, after which nothing is left to warn about', async () => {
    const document = vscode.window.activeTextEditor!.document;
    const actions = await actionsAt(document);
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Make a fresh instance inside the loop', 'Run hello.wasm in Fresh Instance', 'Why would it trap?'],
    );
    await vscode.workspace.applyEdit(actions[0]!.edit!);
    assert.match(
      document.getText(),
      /for \(let round = 0; round < 3; round\+\+\) \{\n\s+const instance = await instantiate\(loader, new WASIShim\(\)\.getImportObject\(\)\);\n\s+instance\.run\.run\(\);/,
    );
    await eventually(() => {
      assert.deepEqual(ours(document.uri), []);
    });
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is silent where the component may be run again', async () => {
    await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
    await vscode.commands.executeCommand('freshInstance.run', sample('counter.wasm'));
    await expectRows('counter.wasm', /may run again · seen to rerun/);
    const document = await open('host/counter.mjs', twice.replaceAll('hello', 'counter'));
    await open('host/again.mjs', twice);
    await eventually(() => {
      assert.equal(ours(sample('host/again.mjs')).length, 1);
    });
    assert.deepEqual(ours(document.uri), []);
  });

  it('is information, not a warning, where the component is not known', async () => {
    const document = await open('host/unknown.mjs', twice.replaceAll('hello', 'nobody'));
    const [diagnostic] = await eventually(() => {
      const found = ours(document.uri);
      assert.equal(found.length, 1);
      return found;
    });
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Information);
  });

  it('is not looked for where the code is nested too deeply, which is said', async () => {
    const nested = `${twice}${'if (a) {'.repeat(5000)}instance.run.run();${'}'.repeat(5000)}\n`;
    const document = await open('host/nested.mjs', nested);
    await eventually(() => {
      assert.deepEqual(
        ours(document.uri).map(({ message }) => message),
        ['This file was not checked for repeated runs because its code is nested too deeply.'],
      );
    });
  });

  it('is not reported where the setting says so', async () => {
    const uri = sample('host/again.mjs');
    const settings = vscode.workspace.getConfiguration('freshInstance', { uri, languageId: 'javascript' });
    await settings.update('diagnostics.secondRun', false, vscode.ConfigurationTarget.Global, true);
    await eventually(() => {
      assert.deepEqual(ours(uri), []);
    });
    await settings.update('diagnostics.secondRun', undefined, vscode.ConfigurationTarget.Global, true);
    await eventually(() => {
      assert.equal(ours(uri).length, 1);
    });
  });

  it('has nothing to do with a `run` of somebody else', async () => {
    const document = await open(
      'host/other.mjs',
      "import runner from './runner.js';\nfor (const test of [1, 2]) runner.run(test);\n",
    );
    await open('host/again2.mjs', twice);
    await eventually(() => {
      assert.equal(ours(sample('host/again2.mjs')).length, 1);
    });
    assert.deepEqual(ours(document.uri), []);
  });
});

describe('guests in other languages', () => {
  const guests: readonly (readonly [file: string, text: string])[] = [
    ['hello.go', 'package main\n\nfunc main() {\n\tprintln("hello")\n}\n'],
    [
      'hello.py',
      'from wit_world import exports\n\nclass Run(exports.Run):\n    def run(self) -> None:\n        print("hello")\n',
    ],
    ['hello.ts', "export const run = {\n  run() {\n    console.log('hello');\n  },\n};\n"],
  ];
  for (const [file, text] of guests) {
    it(`have lenses over the entry point: ${file}`, async () => {
      await open(file, text);
      await expectLenses(/Run in Fresh Instance/);
    });
  }

  it('tell the verdict, its basis and its evidence on hover', async () => {
    await open('hello.go', guests[0]![1]);
    const document = vscode.window.activeTextEditor!.document;
    const text = await eventually(async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(2, 6),
      );
      const found = hovers.flatMap(({ contents }) =>
        contents.map((part) => (part instanceof vscode.MarkdownString ? part.value : '')),
      );
      assert.match(found.join('\n'), /runs once per instance/);
      return found.join('\n');
    });
    assert.match(text, /Basis: (static|observed)/);
  });
});

async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = sample(name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

function ours(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Fresh Instance');
}

async function actionsAt(document: vscode.TextDocument): Promise<vscode.CodeAction[]> {
  const [diagnostic] = ours(document.uri);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    diagnostic!.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return actions.filter(({ title }) => /fresh instance|Fresh Instance|trap/.test(title));
}

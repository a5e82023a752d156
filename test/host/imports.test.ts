import * as vscode from 'vscode';
import { callExport } from './support/calls';
import { bringFixture, clearInstances, expectRows, sample, showInstances } from './support/samples';
import { screenshot } from './support/window';
import { expectToast } from './support/workbench';

describe('imports that are not WASI', () => {
  const component = bringFixture('weather');

  beforeEach(async () => {
    await showInstances();
    await clearInstances();
    await setModule(undefined);
  });
  after(async () => {
    await setModule(undefined);
  });

  it('are named before the call, with the setting that provides them', async () => {
    await vscode.commands.executeCommand('freshInstance.refresh');
    await expectRows('weather.wasm', /^[v>] weather\.wasm {2}needs test:fixtures\/thermometer/);
    await callExport(component, 'warmth("roof")');
    await expectRows('weather.wasm', /failed · .*test:fixtures\/thermometer/);
    await expectToast(
      /weather\.wasm could not start: it imports test:fixtures\/thermometer.*setting freshInstance\.imports/,
    );
    await screenshot('imports-missing');
  });

  it('are provided by a module of the workspace', async () => {
    await setModule('export function read(place) { return place === "roof" ? 21.5 : 0; }');
    await expectRows('weather.wasm', /^[v>] weather\.wasm {2}library · has no run$/m);
    await callExport(component, 'warmth("roof")');
    await expectRows('weather.wasm', /warmth {2}"roof" · → ok\(21\.5\)/);
  });

  it('are named where their module fails, so that the fault is not looked for in the guest', async () => {
    await setModule('export function read() { null.x; }');
    await callExport(component, 'warmth("roof")');
    await expectRows('weather.wasm', /the module for test:fixtures\/thermometer failed in read: TypeError/);
    await expectToast(/the module for test:fixtures\/thermometer failed in read/);
  });

  it('are named where their module cannot be loaded', async () => {
    await setModule('export function read( {');
    await callExport(component, 'warmth("roof")');
    await expectToast(
      /weather\.wasm could not start: the module for test:fixtures\/thermometer cannot be loaded: SyntaxError/,
    );
  });
});

/** Writes the module and names it in the settings; undefined takes it out of them. */
async function setModule(source: string | undefined): Promise<void> {
  const path = 'host/thermometer.mjs';
  if (source !== undefined) await vscode.workspace.fs.writeFile(sample(path), Buffer.from(source));
  await vscode.workspace
    .getConfiguration('freshInstance')
    .update(
      'imports',
      source === undefined ? undefined : { 'weather.wasm': { 'test:fixtures/thermometer': path } },
      vscode.ConfigurationTarget.Workspace,
    );
}

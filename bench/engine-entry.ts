/** What the benchmarks use of the engine, bundled for them. */
export { CallSession, readCallables } from '../src/calls/call-session';
export { Engine } from '../src/engine/engine';
export { InstanceRegistry, callsKeptInEditor } from '../src/instance/registry';

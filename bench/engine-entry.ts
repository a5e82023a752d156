/** The parts of the engine that the benchmarks use. */
export { CallSession, readCallables } from '../src/calls/call-session';
export { Engine } from '../src/engine/engine';
export { InstanceRegistry, callsKeptInEditor } from '../src/instance/registry';

/** On the global object, since the bundle with the shims has a copy of this module of its own. */
const mark = Symbol.for('fresh-instance.network-denied');

/** The guest asked for the network, which it was not granted. */
export function noteNetworkDenied(): void {
  Reflect.set(globalThis, mark, true);
}

/** Whether the guest did so since this was last asked. */
export function takeNetworkDenied(): boolean {
  const denied = mark in globalThis;
  Reflect.deleteProperty(globalThis, mark);
  return denied;
}

/** The ends of a guest's standard streams that the engine does not hold itself. */
export interface GuestIo {
  /**
   * Takes what the guest wrote, in the order in which it wrote to both streams. A promise asks the engine to take no more from the guest
   * until it settles; a guest that prints more waits.
   */
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void | Promise<void>;
  /**
   * Whether both streams end in the same place, so that their order counts more than which is which. An engine that cannot keep them apart
   * and in order then hands all of a run over as stdout.
   */
  readonly samePlace?: boolean;
  /** Whether the guest is told that its streams are a terminal. Default: if its stdin is one. */
  readonly terminal?: boolean;
}

/** The guest uses this process's own standard streams, as in a shell. */
export interface InheritedIo {
  readonly inherit: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
}

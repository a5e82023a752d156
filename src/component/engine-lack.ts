/**
 * What an engine cannot give or do, so that an instance cannot be made on it as it was asked for, or a call cannot be made. `version` is
 * that of the wasmtime that was found.
 */
export type EngineLack = { readonly engine: 'wasmtime'; readonly version: string } &
  /** It grants directories with all rights only; `guest` is the one that was to be read-only. */
  (
    | { readonly what: 'read-only-directory'; readonly guest: string }
    /** The path of a directory on the host that cannot be written on its command line, since it holds two colons in a row. */
    | { readonly what: 'directory-name'; readonly host: string }
    /** JavaScript modules cannot stand in for imports. */
    | { readonly what: 'import-modules'; readonly interface: string }
    /** What provides wasi:http lets the guest send requests, and the network is not granted. */
    | { readonly what: 'http-without-network' }
    /** Debugging, or the counting of the host's calls. */
    | { readonly what: 'debugging' | 'counting-calls' }
    /** An option of the program that is needed and that this version does not have, such as `-W component-model-async`. */
    | { readonly what: 'option'; readonly option: string }
    /** The call needs a name with its interface, which this version does not take; `func` alone could mean several functions. */
    | { readonly what: 'ambiguous-name'; readonly func: string }
    /** A function with resources, streams or futures among its arguments or in its result, or a method of a resource. */
    | { readonly what: 'handles'; readonly func: string }
    /** A second call, the drop of a resource or the read of a stream: the instance ends with its call. */
    | { readonly what: 'later-calls' }
  );

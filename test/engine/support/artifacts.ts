import { resolve } from 'node:path';

/** Where the transpiled fixtures of one run of the tests are kept; the test runner clears it before each. */
export const artifactsFolder = resolve('out', 'test', 'engine', 'artifacts');

import { createRequire } from 'node:module';
import type { more } from './more';
import type { run } from './run';
import type { serve } from './serve/serve';

/** The bundles beside this one, of the same build. Each is loaded when it is needed: to load them all takes longer than a short run. */
const load = createRequire(__filename);

/** The bundle of `run`. */
export function runBundle(): { readonly run: typeof run } {
  return load('./cli-run.js') as { readonly run: typeof run };
}

/** The bundle of `serve`. */
export function serveBundle(): { readonly serve: typeof serve } {
  return load('./cli-serve.js') as { readonly serve: typeof serve };
}

/** The bundle of everything else. */
export function moreBundle(): typeof more {
  return (load('./cli-more.js') as { readonly more: typeof more }).more;
}

import { assertNever } from '../base/assert-never';
import { plainText } from '../base/sanitize';
import type { ModuleFacts, ModuleForm, ModuleImport, Obstacle } from '../component/module-facts';
import { t } from './t';

/** What a core module is, in a few words: "a wasip1 command module". */
export function moduleKindText({ form }: Pick<ModuleFacts, 'form'>): string {
  switch (form) {
    case 'command':
      return t('a wasip1 command module');
    case 'reactor':
      return t('a wasip1 reactor module');
    case 'plain':
      return t('a plain core module');
    default:
      return assertNever(form);
  }
}

/** That a component was made of the user's module for the run, for rows and verdicts: "wasip1 module, adapted". */
export function adaptedText(form: ModuleForm): string {
  return form === 'plain' ? t('core module, adapted') : t('wasip1 module, adapted');
}

/** Why a core module cannot be adapted, and what to do, in the forms that sentences need. */
export interface ObstacleText {
  /** For a row of the tree: "made for JavaScript by wasm-bindgen". */
  readonly row: string;
  /** Behind "because" or a colon: "it was made for JavaScript by wasm-bindgen (it imports wbg.__wbg_log)". */
  readonly clause: string;
  readonly advice: string;
}

/** Says why a core module cannot run here, with the names of the imports that say so. */
export function obstacleText(obstacle: Obstacle): ObstacleText {
  const names = importNames(obstacle.imports);
  switch (obstacle.kind) {
    case 'threads':
      return {
        row: t('a core module that uses threads'),
        clause:
          names === ''
            ? t('it shares its memory between threads')
            : t('it uses threads (it imports {0})', names),
        advice: t('Build it without threads, such as for wasm32-wasip1 in place of wasm32-wasip1-threads.'),
      };
    case 'emscripten':
      return {
        row: t('a core module for the JavaScript of Emscripten'),
        clause: t('Emscripten made it for the JavaScript beside it (it imports {0})', names),
        advice: t('Build it with -sSTANDALONE_WASM, or with the WASI SDK.'),
      };
    case 'wasm-bindgen':
      return {
        row: t('a core module for the JavaScript of wasm-bindgen'),
        clause: t('wasm-bindgen made it for the JavaScript beside it (it imports {0})', names),
        advice: t('Build it without wasm-bindgen, for wasm32-wasip2 or wasm32-wasip1.'),
      };
    case 'go-js':
      return {
        row: t('a core module for the JavaScript of Go'),
        clause: t('Go made it for JavaScript (it imports {0})', names),
        advice: t('Build it with GOOS=wasip1 GOARCH=wasm, or with TinyGo for wasip2.'),
      };
    case 'node-addon':
      return {
        row: t('a Node addon as a core module'),
        clause: t('it is an addon for Node (it imports {0})', names),
        advice: t('Load it in Node. It cannot run by itself.'),
      };
    case 'imported-memory':
      return {
        row: t('a core module that is linked while it runs'),
        clause: t('it expects parts of another module (it imports {0})', names),
        advice: t('Build it as a program of its own, with a memory that it exports.'),
      };
    case 'old-wasi':
      return {
        row: t('a core module for wasi_unstable'),
        clause: t('it calls functions of wasi_unstable that WASI preview 1 changed ({0})', names),
        advice: t('Build it with a current toolchain.'),
      };
    case 'functions':
      return {
        row: t('a core module that imports functions from outside of WASI'),
        clause: t('it imports functions that nothing here provides ({0})', names),
        advice: t('Build it without them, or make a component of it in which another one provides them.'),
      };
    default:
      return otherObstacleText(obstacle);
  }
}

function otherObstacleText(
  obstacle: Extract<Obstacle, { kind: 'no-memory' | 'memory64' | 'nothing-to-call' }>,
): ObstacleText {
  switch (obstacle.kind) {
    case 'no-memory':
      return {
        row: t('a core module that does not export its memory'),
        clause: t('it does not export its memory, which WASI needs'),
        advice: t('Export the memory as "memory".'),
      };
    case 'memory64':
      return {
        row: t('a core module with a 64-bit memory'),
        clause: t('its memory is addressed by 64-bit numbers, which WASI does not take'),
        advice: t('Build it for wasm32.'),
      };
    case 'nothing-to-call':
      return {
        row: t('a core module with nothing to call'),
        clause: t('it exports no function that takes and returns numbers alone'),
        advice: t('Build it for a component target, with a WIT world that names its exports.'),
      };
    default:
      return assertNever(obstacle);
  }
}

/** How many imports are named in a sentence. */
const mostNames = 6;

/** Longer names are cut in sentences. */
const longestName = 80;

function short(name: string): string {
  return plainText(name.length > longestName ? `${name.slice(0, longestName)}…` : name);
}

function importNames(imports: readonly ModuleImport[]): string {
  const names = imports.slice(0, mostNames).map(({ module, name }) => `${short(module)}.${short(name)}`);
  const more = imports.length - names.length;
  return more > 0 ? t('{0} and {1} more', names.join(', '), more) : names.join(', ');
}

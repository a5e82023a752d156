import type { CoreModule } from './core-module';
import { DecodeError } from './decode-error';
import type { Component } from './definitions';

/** Proposals to WebAssembly and the component model that an engine may have to be told to support. Named as wasmtime's options are. */
export const engineFeatures = [
  'exceptions',
  'multi-memory',
  'memory64',
  'threads',
  'shared-memory',
  'gc',
  'component-model-async',
  'component-model-more-async-builtins',
  'component-model-async-stackful',
  'component-model-threading',
  'component-model-error-context',
  'component-model-gc',
  'component-model-fixed-length-lists',
  'component-model-map',
] as const;

export type EngineFeature = (typeof engineFeatures)[number];

/**
 * The proposals that a component uses, as far as its definitions tell: no code is decoded, so that instructions do not count. An engine that
 * lacks one says so when it reads the component; an engine that only has to be told needs this list.
 */
export function neededFeatures(component: Component): ReadonlySet<EngineFeature> {
  const { modules, canonical } = component;
  const found = new Set<EngineFeature>(modules.flatMap(featuresOfModule));
  for (const builtin of canonical.builtins)
    for (const feature of featuresOfBuiltin(builtin)) found.add(feature);
  if (canonical.async) found.add('component-model-async');
  if (canonical.stackful) found.add('component-model-async-stackful');
  if (canonical.gc) found.add('component-model-gc');
  if (canonical.fixedLists) found.add('component-model-fixed-length-lists');
  if (canonical.maps) found.add('component-model-map');
  return found;
}

function featuresOfModule(module: CoreModule): readonly EngineFeature[] {
  const found: EngineFeature[] = [];
  try {
    const memories = [
      ...module.memories,
      ...module.imports.flatMap(({ type }) => (type.kind === 'memory' ? [type.limits] : [])),
    ];
    if (module.hasTags) found.push('exceptions');
    if (memories.length > 1) found.push('multi-memory');
    if (memories.some(({ is64 }) => is64)) found.push('memory64');
    if (memories.some(({ shared }) => shared)) found.push('threads', 'shared-memory');
    if (module.types.includes(null)) found.push('gc');
  } catch (error) {
    // Nothing is claimed of a module that cannot be read: the engine says what is wrong with it.
    if (!(error instanceof DecodeError)) throw error;
  }
  return found;
}

function featuresOfBuiltin(name: string): readonly EngineFeature[] {
  const [family = ''] = name.split('.');
  switch (family) {
    case 'thread':
      return name === 'thread.yield'
        ? ['component-model-async']
        : ['component-model-threading', 'component-model-async'];
    case 'error-context':
      return ['component-model-error-context', 'component-model-async'];
    case 'stream':
    case 'future':
      // Whether they are synchronous is an option of each, which is not kept.
      return /\.(?:read|write)$/.test(name) || name.includes('cancel')
        ? ['component-model-async', 'component-model-more-async-builtins']
        : ['component-model-async'];
    case 'resource':
      return [];
    default:
      return ['component-model-async'];
  }
}

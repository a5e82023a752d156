import { ByteReader } from './bytes';
import { DecodeError, type DecodeProblem } from './decode-error';
import type { Component } from './definitions';
import { moduleFacts, type ModuleFacts } from './module-facts';
import { takeProducers, type Producer } from './producers';
import { takePreamble, takeSection, type Section } from './sections';
import { isWitPackage } from './wit-package';
import { isWasi03, runExportsOf } from './wasi';
import { takeExportNames, takeImportNames, type ExportKind } from './import-export-names';

/** What a list of components shows about a file, read in one quick pass that decodes neither types nor code. */
export type ComponentSummary =
  | {
      readonly kind: 'component';
      /** Names of the exported `wasi:cli/run` instances, see `runExportsOf`. */
      readonly runExports: readonly string[];
      /** The run export that a host calls: the first one. */
      readonly entry: string | null;
      /** Whether calling the entry needs an engine with async support (WASI 0.3). */
      readonly entryIsAsync: boolean;
      readonly imports: readonly string[];
      readonly exports: readonly { readonly name: string; readonly kind: ExportKind }[];
      /** Who made it: the component's own producers, then those of its core modules, without repetitions. */
      readonly producers: readonly Producer[];
      /** Whether a core module has `.debug_info`, so that traps and breakpoints can name source lines. */
      readonly hasDebugInfo: boolean;
    }
  | {
      readonly kind: 'module';
      readonly facts: ModuleFacts;
      readonly producers: readonly Producer[];
      readonly hasDebugInfo: boolean;
    }
  /** Interfaces and worlds as a binary, without code. */
  | { readonly kind: 'wit' }
  | {
      readonly kind: 'invalid';
      readonly problem: DecodeProblem;
    };

/** Reads what a file is. Never throws: a file that cannot be read is of kind `invalid`, with the reason. */
export function summarise(bytes: Uint8Array): ComponentSummary {
  if (bytes.length === 0) return { kind: 'invalid', problem: { kind: 'truncated', detail: '', offset: 0 } };
  try {
    return summariseFile(new ByteReader(bytes));
  } catch (error) {
    if (error instanceof DecodeError) return { kind: 'invalid', problem: error.problem };
    throw error;
  }
}

function summariseFile(reader: ByteReader): ComponentSummary {
  const found: Finding = { imports: [], exports: [], producers: [], hasDebugInfo: false };
  if (takePreamble(reader) === 'module') {
    while (!reader.atEnd) {
      const section = takeSection(reader);
      if (section.id === 0) lookAtCustomSection(section, found);
    }
    const facts = moduleFacts(new ByteReader(reader.bytes));
    const producers = withoutRepetitions(found.producers);
    return { kind: 'module', facts, producers, hasDebugInfo: found.hasDebugInfo };
  }
  while (!reader.atEnd) lookAtSection(takeSection(reader), found);
  if (looksLikeWit(found) && isWitPackage(reader.bytes)) return { kind: 'wit' };
  return componentSummary(found);
}

/** What the summary of a file is for a component that was read already, and for a core module as the component that is made of it. */
export function summaryOf(
  { imports, exports }: Component,
  facts: Pick<Found, 'producers' | 'hasDebugInfo'>,
): Extract<ComponentSummary, { kind: 'component' }> {
  return componentSummary({
    imports: imports.map(({ name }) => name),
    exports: exports.map(({ name, kind }) => ({ name, kind })),
    ...facts,
  });
}

function componentSummary({
  imports,
  exports,
  producers,
  hasDebugInfo,
}: Found): Extract<ComponentSummary, { kind: 'component' }> {
  const runExports = runExportsOf(exports);
  const entry = runExports[0] ?? null;
  return {
    kind: 'component',
    runExports,
    entry,
    entryIsAsync: entry !== null && isWasi03(entry),
    imports,
    exports,
    producers: withoutRepetitions(producers),
    hasDebugInfo,
  };
}

function looksLikeWit({ imports, exports }: Found): boolean {
  return imports.length === 0 && exports.length > 0 && exports.every(({ kind }) => kind === 'type');
}

interface Found {
  readonly imports: readonly string[];
  readonly exports: readonly { readonly name: string; readonly kind: ExportKind }[];
  readonly producers: readonly Producer[];
  readonly hasDebugInfo: boolean;
}

/** What is found, while the sections are walked. */
interface Finding extends Found {
  readonly imports: string[];
  readonly exports: { name: string; kind: ExportKind }[];
  readonly producers: Producer[];
  hasDebugInfo: boolean;
}

function lookAtSection(section: Section, found: Finding): void {
  switch (section.id) {
    case 0:
      lookAtCustomSection(section, found);
      break;
    case 1:
    case 4:
      lookInside(section.content, found);
      break;
    case 10:
      found.imports.push(...takeImportNames(section.content));
      break;
    case 11:
      found.exports.push(...takeExportNames(section.content));
      break;
  }
}

/**
 * Walks nested modules and components for their custom sections. Their bytes lie inside a section that is
 * there in full, so the walk is finite. A list of parts replaces recursion, so that depth does not matter.
 */
function lookInside(outermost: ByteReader, found: Finding): void {
  const parts = [outermost];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const kind = takePreamble(part);
    while (!part.atEnd) {
      const section = takeSection(part);
      if (section.id === 0) lookAtCustomSection(section, found);
      else if (kind === 'component' && (section.id === 1 || section.id === 4)) parts.push(section.content);
    }
  }
}

function lookAtCustomSection({ name, content }: Section, found: Finding): void {
  if (name === '.debug_info') found.hasDebugInfo = true;
  if (name === 'producers') found.producers.push(...producersOrNone(content));
}

/** A custom section that cannot be read does not make the component invalid (core specification, appendix). */
function producersOrNone(content: ByteReader): readonly Producer[] {
  try {
    return takeProducers(content);
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}

function withoutRepetitions(producers: readonly Producer[]): readonly Producer[] {
  return [...new Map(producers.map((producer) => [JSON.stringify(producer), producer])).values()];
}

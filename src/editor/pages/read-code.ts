import { readFile } from 'node:fs/promises';
import type { Component } from '../../component/definitions';
import { DecodeError } from '../../component/decode-error';
import { liftChain, type LiftChain } from '../../component/lift-chain';
import { link } from '../../component/link';
import { readRunnable } from '../../component/read-runnable';
import { disassembleAround, type WatExcerpt } from '../../component/disassemble-around';
import type { CodeLocation } from '../../component/code-location';
import type { Evidence } from '../../reuse/evidence';
import { codeText } from '../../words/explain';

/** The code that a verdict is about. */
export interface VerdictCode {
  /** From the entry to core code; null where that cannot be followed. */
  readonly chain: LiftChain | null;
  readonly excerpt: CodeExcerpt | null;
}

/** The function that decides, with the lines that matter. */
export interface CodeExcerpt {
  readonly place: CodeLocation;
  readonly wat: WatExcerpt;
  /** What happens at an offset, in a few words. */
  readonly marks: ReadonlyMap<number, string>;
}

/** Reads the code that evidence points to. What cannot be read is left out; never rejects. */
export async function readCode(
  path: string,
  entry: string | null,
  evidence: readonly Evidence[],
): Promise<VerdictCode> {
  const bytes = await readFile(path).catch(() => null);
  const component = bytes === null ? null : readRunnable(bytes);
  if (component?.ok !== true) return { chain: null, excerpt: null };
  return {
    chain: entry === null ? null : liftChain(component.value, entry, 'run'),
    excerpt: excerptOf(component.value, evidence),
  };
}

function excerptOf(component: Component, evidence: readonly Evidence[]): CodeExcerpt | null {
  const [place, ...others] = evidence.flatMap(marksOf);
  if (place === undefined) return null;
  const near = [place, ...others.filter((other) => sameFunction(place.at, other.at))];
  const module = moduleOf(component, place.at.module);
  const wat =
    module === null
      ? null
      : disassembleAround(
          module,
          place.at.funcIndex,
          near.map(({ at }) => at.offset),
        );
  if (wat === null) return null;
  return { place: place.at, wat, marks: new Map(near.map(({ at, words }) => [at.offset, words])) };
}

interface Mark {
  readonly at: CodeLocation;
  readonly words: string;
}

function marksOf(evidence: Evidence): readonly Mark[] {
  switch (evidence.type) {
    case 'guard':
      return [
        { at: evidence.place, words: codeText.trapsHere() },
        ...(evidence.set === null ? [] : [{ at: evidence.set, words: codeText.marksHere() }]),
      ];
    case 'first-call-traps':
      return [{ at: evidence.place, words: codeText.firstTrapsHere() }];
    case 'lock-released':
      return [{ at: evidence.place, words: codeText.releasedHere() }];
    default:
      return [];
  }
}

function sameFunction(left: CodeLocation, right: CodeLocation): boolean {
  return left.module === right.module && left.funcIndex === right.funcIndex;
}

function moduleOf(component: Component, number: number) {
  try {
    return link(component).modules.find(({ module }) => module.number === number)?.module ?? null;
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

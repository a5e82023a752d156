import { ByteReader } from '../bytes';
import { readDamage } from '../damage';
import { DecodeError, type DecodeProblem } from '../decode-error';
import { readComponent } from '../read-component';
import { takePreamble } from '../sections';
import type { Overview } from './overview';
import { readFacts } from './read-facts';
import { structureOf, structureOfModule } from './read-structure';
import type { Structure } from './structure';

/** Reads the structure and the facts of any file. Never throws: what cannot be read is told as a problem. */
export function readOverview(bytes: Uint8Array): Overview {
  const read = readStructure(bytes);
  const isStructure = 'nodes' in read;
  return {
    fileBytes: bytes.length,
    structure: isStructure ? read : null,
    facts: readFacts(bytes),
    problem: isStructure ? null : read,
    damage: isStructure ? null : readDamage(bytes, read),
  };
}

/** The structure of a component or core module, or why there is none. */
export function readStructure(bytes: Uint8Array): Structure | DecodeProblem {
  try {
    if (takePreamble(new ByteReader(bytes)) === 'module') return structureOfModule(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return error.problem;
    throw error;
  }
  const component = readComponent(bytes);
  return component.ok ? structureOf(component.value) : component.error.problem;
}

import { verdictNotes, verdictReason } from '../words/verdict';
import { readErrorText } from '../words/read-error';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { obstacleText } from '../words/module-kind';
import type { EngineError, EngineErrorCode } from '../engine/errors';
import type { Prober } from '../engine/probe';
import { readUnsupported, type Unsupported } from '../component/unsupported';
import { unsupportedText } from '../words/unsupported';
import { readBuild } from '../engine/read-build';
import type { Profile } from '../instance/profile';
import { analyseFile } from '../reuse/analyse';
import type { Evidence } from '../reuse/evidence';
import { describeEvidence } from '../words/evidence';
import { judge } from '../reuse/judge';
import type { Basis, Repeat, Verdict } from '../reuse/verdict';

/** What `check` says of a file: the contract of `check --json`. */
export interface CheckResult {
  /** As it was given. */
  readonly file: string;
  /** Null for a file that cannot be read. */
  readonly sha256: string | null;
  readonly kind: FileKind;
  /** The export that a run calls. */
  readonly entry: string | null;
  readonly repeat: Repeat;
  readonly basis: Basis;
  readonly reason: string;
  /** What the verdict rests on, and what keeps the component from running here, each with its words. */
  readonly evidence: readonly ((Evidence | UnsupportedEvidence) & { readonly text: string })[];
}

/** What a file is. A component may be of this kind and not be read: it then has no verdict. */
export type FileKind = 'component' | 'module' | 'wit' | 'invalid';

/** Why a file cannot be run: `not-read-yet` for a component with values, which is not damaged. */
export type FileProblem = EngineErrorCode | 'not-read-yet';

/** Something that jco cannot translate: the component cannot run here, whatever the verdict is. */
export type UnsupportedEvidence = { readonly type: 'unsupported' } & Unsupported;

/** A result with what is told to people only. */
export interface CheckedFile {
  readonly result: CheckResult;
  readonly notes: readonly string[];
  /** Whether the file could not be checked, which is an error of its own and no verdict. */
  readonly isUnreadable: boolean;
  /** What to do about a file that is no component. */
  readonly advice: string | null;
}

/** A prober, and what it gives the guests. */
export interface Probing {
  readonly prober: Prober;
  /** Undefined to grant nothing. */
  readonly profile: Profile | undefined;
}

/** Reads a file and, if asked to, probes it. Never rejects for what is wrong with the file. */
export async function checkFile(
  file: string,
  probing: Probing | null,
  signal: AbortSignal,
): Promise<CheckedFile> {
  const read = await readBuild(file);
  if (!read.ok) return await noComponent(file, read.error);
  const { build, summary, bytes } = read.value;
  const { entry } = summary;
  const finding = analyseFile(bytes);
  if (!finding.ok) {
    const error = { code: 'invalid', path: file, problem: finding.error.problem } as const;
    return await noComponent(file, error);
  }
  const probe =
    probing === null || entry === null
      ? null
      : await probing.prober.probe(build, entry, { signal, profile: probing.profile });
  const verdict = judge({ static: finding.value, ...(probe === null ? {} : { probe }) });
  const { evidence, ...judged } = inWords(verdict);
  const unsupported = readUnsupported(bytes).map(
    (found) => ({ type: 'unsupported', ...found, text: unsupportedText(found) }) as const,
  );
  return {
    result: {
      file,
      sha256: build.sha256,
      kind: build.adapted === undefined ? 'component' : 'module',
      entry,
      ...judged,
      evidence: [...evidence, ...unsupported],
    },
    notes: verdictNotes(verdict),
    isUnreadable: false,
    advice: null,
  };
}

function inWords(verdict: Verdict): Pick<CheckResult, 'repeat' | 'basis' | 'reason' | 'evidence'> {
  const { repeat, basis, evidence } = verdict;
  return {
    repeat,
    basis,
    reason: verdictReason(verdict),
    evidence: evidence.map((item) => ({ ...item, text: describeEvidence(item) })),
  };
}

async function noComponent(file: string, error: EngineError): Promise<CheckedFile> {
  const { code } = error;
  const { row, advice } = readErrorText(error);
  const kind = kindOf(error);
  const there = !['not-found', 'directory', 'device', 'unreadable'].includes(code);
  return {
    result: {
      ...unknown(file),
      sha256: there ? await sha256Of(file) : null,
      kind,
      // Neither a core module nor a WIT package has a component's run, whatever it exports.
      repeat: kind === 'module' || kind === 'wit' ? 'no-run' : 'unknown',
      reason: row,
    },
    notes:
      error.code === 'core-module' && error.facts.obstacle !== null
        ? [obstacleText(error.facts.obstacle).clause]
        : [],
    isUnreadable: kind === 'invalid' || problemOf(error) === 'not-read-yet',
    advice,
  };
}

/** What a file is that cannot be run. */
export function kindOf(error: EngineError): FileKind {
  if (error.code === 'core-module') return 'module';
  if (error.code === 'wit-package') return 'wit';
  return problemOf(error) === 'not-read-yet' ? 'component' : 'invalid';
}

/** Why a file cannot be run, for JSON. */
export function problemOf(error: EngineError): FileProblem {
  return error.code === 'invalid' && error.problem.kind === 'unread' ? 'not-read-yet' : error.code;
}

function unknown(file: string): CheckResult {
  return {
    file,
    sha256: null,
    kind: 'invalid',
    entry: null,
    repeat: 'unknown',
    basis: 'none',
    reason: '',
    evidence: [],
  };
}

async function sha256Of(file: string): Promise<string | null> {
  try {
    return createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  } catch {
    // It was there a moment ago.
    return null;
  }
}

import { compareReuse } from '../calls/compare-reuse';
import { parseHandleCommand } from '../calls/handle-commands';
import type { ReuseFinding } from '../calls/reuse-report';
import { notComparedText } from '../words/call-lines';
import { reuseTable } from '../words/reuse-report';
import type { CallJob } from './call-job';
import { callLines } from './call-lines';
import { statusOfState } from './outcome';
import { status } from './status';
import { print } from './stdout';
import { refuseLine, wrongCall } from './wrong-line';

/** Findings with the exit status of a trap: a repeated call, or every call, ends the instance. */
const endsInstance: ReadonlySet<ReuseFinding> = new Set(['traps', 'traps-at-once', 'ends']);

/** Compares each call on one instance with fresh instances. Resolves with the exit status. */
export async function compareAll(job: CallJob): Promise<number> {
  let result = 0;
  for await (const line of callLines(job.options.source, job.signal)) {
    if (!line.text.ok) return wrongCall('', line, line.text.error);
    if (parseHandleCommand(line.text.value) !== null) {
      return refuseLine(line.where, notComparedText(line.text.value.trim()));
    }
    const compared = await compareReuse(
      { ...job, profile: job.options.profile },
      line.text.value,
      job.options.repeat,
    );
    if (compared.ok) {
      await print(reuseTable(job.options.repeat, compared.value), job.signal);
      const { findings } = compared.value;
      if (findings.some((finding) => endsInstance.has(finding))) result = status.trapped;
      continue;
    }
    switch (compared.error.type) {
      case 'text':
        return wrongCall(line.text.value, line, compared.error.error);
      case 'not-started':
        return statusOfState(compared.error.instance);
      case 'interrupted':
        return status.interrupted;
    }
  }
  return job.signal.aborted ? status.interrupted : result;
}

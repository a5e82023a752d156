import { basename } from 'node:path';
import { formatBytes } from '../base/size';
import { fullName, shortestName } from '../component/wave/export-lookup';
import { printFunction } from '../component/wit-print';
import { consoleCommands, type ConsoleOutput } from '../calls/call-console';
import type { ConsoleLine } from '../calls/console-loop';
import { describeOutcome } from './outcome';
import { acceptsCalls } from '../instance/life';
import type { Instance } from '../instance/registry';
import { excerptAt } from './excerpt';
import { handleResultLines } from './handles';
import { errorText } from './error';
import { refusal, refusalText } from './refusal';
import { t } from './t';
import { verdictReason } from './verdict';
import { waveErrorText } from './wave-error';

/** What a console has to say, in lines. */
export function consoleLines(output: ConsoleOutput): readonly ConsoleLine[] {
  switch (output.type) {
    case 'greeting':
      return [note(t('Each line is a call on this instance. :help lists the commands, Ctrl+D leaves.'))];
    case 'result':
      return [{ kind: output.isError ? 'error' : 'result', text: output.text }];
    case 'not-returned':
      return [error(`${fullName(output.callee)} ${describeOutcome(output.outcome)}`)];
    case 'wrong-text': {
      const { text, indent } = excerptAt(output.text, output.error);
      return [error(text), error(`${indent}^ ${waveErrorText(output.error)}`)];
    }
    case 'refused':
      return [error(t('Not called: {0}. :fresh starts a fresh instance.', refusalText(output.why)))];
    case 'would-trap':
      return [
        note(
          t(
            'Not called, since it would trap: {0}. :fresh starts a fresh instance. Enter the line again to call it anyway.',
            verdictReason(output.why),
          ),
        ),
      ];
    case 'other-grants':
      return [
        error(
          t(
            'Not called: the grants have changed since this instance was made. :fresh starts a fresh instance with the new ones.',
          ),
        ),
      ];
    case 'instance-ended':
      return [note(t('This instance takes no more calls. :fresh starts a fresh one.'))];
    case 'state': {
      const text = stateText(output.instance);
      return [acceptsCalls(output.instance.state) ? note(text) : error(text)];
    }
    case 'exports':
      return output.exports.map((callee) =>
        note(`${shortestName(callee, output.exports)}: ${printFunction(callee.type)}`),
      );
    case 'handles':
      return handleResultLines(output.result);
    case 'help':
      return [
        ...consoleCommands.map((name) => note(`${name.padEnd(10)}${commandHelp(name)}`)),
        note(`Ctrl+D    ${t('leaves the console')}`),
      ];
    case 'unknown-command':
      return [error(t('There is no command {0}. :help lists the commands.', output.command))];
    case 'failure':
      return [error(errorText(output.error))];
  }
}

function commandHelp(name: (typeof consoleCommands)[number]): string {
  switch (name) {
    case ':fresh':
      return t('starts a fresh instance and calls that one');
    case ':state':
      return t('shows the state of the instance');
    case ':exports':
      return t('lists the functions to call');
    case ':handles':
      return t('lists the resources, streams and futures that calls returned');
    case ':drop':
      return t('drops resources: `:drop $1 $2`');
    case ':read':
      return t('shows what a stream or future holds: `:read $1`');
    case ':help':
      return t('shows this list');
  }
}

function stateText({ build, number, state, callCount, memoryBytes }: Instance): string {
  const name = `${basename(build.path)} #${String(number)}`;
  const count = callCount === 1 ? t('1 call') : t('{0} calls', callCount);
  const parts = [
    t('{0} is {1}', name, state.type),
    count,
    ...(memoryBytes === undefined ? [] : [formatBytes(memoryBytes)]),
    refusal(state),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function note(text: string): ConsoleLine {
  return { kind: 'note', text };
}

function error(text: string): ConsoleLine {
  return { kind: 'error', text };
}

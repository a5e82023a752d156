import type { OutgoingMessage } from 'node:http';

/**
 * Sends the head of a message that has not been sent yet. Node's `flushHeaders` writes it as UTF-8, and so changes header values that are
 * not ASCII.
 */
export function flushHead(message: OutgoingMessage): void {
  message.write('', 'latin1');
}

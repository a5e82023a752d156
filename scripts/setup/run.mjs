// @ts-check
import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and resolves to what it printed. Rejects with the tail of its output if it fails.
 * npm is a .cmd file on Windows, which only a shell can start.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, echo?: boolean}} [options] `echo` passes the output through as well
 * @returns {Promise<string>}
 */
export function run(command, args, { cwd, env, echo = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    const take = (/** @type {Buffer} */ chunk, /** @type {NodeJS.WriteStream} */ target) => {
      output += chunk.toString();
      if (echo) target.write(chunk);
    };
    child.stdout.on('data', (chunk) => take(chunk, process.stdout));
    child.stderr.on('data', (chunk) => take(chunk, process.stderr));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            `${command} ${args.join(' ')} ended with ${signal ?? code}:\n${output.split('\n').slice(-30).join('\n')}`,
          ),
        );
    });
  });
}

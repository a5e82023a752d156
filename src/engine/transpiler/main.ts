// The process that turns components into glue and core modules and into WIT text, and core modules into components: jco's tools, away
// from the editor's thread.
import './flags';
import { messageOf } from '../../base/error';
import type { StartFailure } from '../../component/outcome';
import { StartError } from '../errors';
import { holdLease } from '../../base/parent-watchdog';
import { leaseFd, parseTranspilerRequest, type TranspilerReply, type TranspilerRequest } from './protocol';
import { transpileComponent } from './transpile';

process.on('message', (message) => {
  const request = parseTranspilerRequest(message);
  void answer(request).then(reply, (error: unknown) => {
    const broken = error instanceof WebAssembly.RuntimeError;
    reply({ id: request.id, type: 'failed', failure: failureOf(error), broken });
  });
});
process.on('disconnect', () => process.exit());
holdLease(leaseFd);

async function answer(request: TranspilerRequest): Promise<TranspilerReply> {
  const { id } = request;
  switch (request.type) {
    case 'transpile':
      return { id, type: 'transpiled', manifest: await transpileComponent(request) };
    case 'adapt': {
      // Loaded when it is first asked for: most processes only transpile.
      const { adaptModule } = await import('./adapt');
      return { id, type: 'adapted', manifest: await adaptModule(request) };
    }
    case 'interface': {
      const { interfaceText } = await import('./interface-text');
      return { id, type: 'interface', text: await interfaceText(request.component) };
    }
  }
}

function reply(message: TranspilerReply): void {
  process.send?.(message);
}

/** jco throws the error case of a WIT result, whose payload is the transpiler's own text. */
function failureOf(error: unknown): StartFailure {
  if (error instanceof StartError) return error.failure;
  // jco is a component itself, which a trap ends.
  if (error instanceof WebAssembly.RuntimeError) return { code: 'translator-trapped', words: error.message };
  if (error instanceof Error && 'payload' in error && typeof error.payload === 'string')
    return { code: 'other', words: error.payload };
  return { code: 'other', words: messageOf(error) };
}

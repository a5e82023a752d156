import { escapeHtml } from '../base/escape-html';
import { plainText } from '../base/sanitize';
import { statusOfFailure, type FailureFacts } from '../serve/failure';
import { failureAdvice, failureFrames, failurePlace, failureText } from './serve-failure';

/** What is answered in place of a handler that failed: HTML where the client is a browser, else text. */
export function failurePage(
  facts: FailureFacts,
  accept: string,
): { readonly contentType: string; readonly body: string } {
  const parts = {
    status: statusOfFailure(facts.failure),
    what: plainText(failureText(facts.failure)),
    where: plainText(failurePlace(facts)),
    frames: failureFrames(facts.failure).map(plainText),
    advice: failureAdvice(facts),
  };
  return /\btext\/html\b/.test(accept)
    ? { contentType: 'text/html; charset=utf-8', body: htmlOf(parts) }
    : { contentType: 'text/plain; charset=utf-8', body: textOf(parts) };
}

interface Parts {
  readonly status: number;
  readonly what: string;
  readonly where: string;
  readonly frames: readonly string[];
  readonly advice: string | undefined;
}

function textOf({ status, what, where, frames, advice }: Parts): string {
  const lines = [`${String(status)} ${what}`, where, ...frames.map((frame) => `    ${frame}`)];
  return `${[...lines, ...(advice === undefined ? [] : [advice])].join('\n')}\n`;
}

function htmlOf({ status, what, where, frames, advice }: Parts): string {
  const stack =
    frames.length === 0
      ? ''
      : `<ol>${frames.map((frame) => `<li><code>${escapeHtml(frame)}</code></li>`).join('')}</ol>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${String(status)}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="status">${String(status)}</p>
<h1>${escapeHtml(what)}</h1>
<p class="where">${escapeHtml(where)}</p>
${stack}
${advice === undefined ? '' : `<p class="advice">${escapeHtml(advice)}</p>`}
<footer>fresh-instance serve</footer>
</main>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 48rem; margin: 0 auto; padding: 2rem 1.25rem; overflow-wrap: anywhere; }
.status { margin: 0; font-size: 3rem; font-weight: 700; line-height: 1; color: light-dark(#b3261e, #f2b8b5); }
h1 { margin: .5rem 0 1rem; font-size: 1.4rem; line-height: 1.3; }
ol { margin: 1rem 0; padding: .75rem .75rem .75rem 2.5rem; border: 1px solid color-mix(in srgb, CanvasText 20%, transparent); border-radius: 6px; }
code { font: .875rem/1.6 ui-monospace, monospace; }
.advice { padding-left: .75rem; border-left: 3px solid light-dark(#0067c0, #6cb8ff); }
.where, footer { color: color-mix(in srgb, CanvasText 70%, transparent); font-size: .9rem; }
`;

/**
 * The candidate that takes the fewest insertions, deletions and replacements of a character to become `text` (Levenshtein). Undefined if
 * each takes more than a third of the longer text, so that it is hardly what was meant.
 */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  let found: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const most = Math.ceil(Math.max(text.length, candidate.length) / 3);
    if (Math.abs(text.length - candidate.length) > most) continue;
    const distance = editDistance(text, candidate);
    if (distance <= most && distance < least) [found, least] = [candidate, distance];
  }
  return found;
}

function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[right.length] ?? 0;
}

// @ts-check
// Formats figures as rows of the table.

/**
 * @param {string} what
 * @param {{p50: number, p95: number}} spread
 * @param {{of: number | undefined, name: string, most: number}} target
 * @returns {import('./parts.mjs').Row}
 */
export function row(what, { p50, p95 }, { of = Number.NaN, name, most }) {
  const ratio = p50 / of;
  const asText = (/** @type {number} */ value) =>
    value < 1 ? `1/${(1 / value).toFixed(value > 0.1 ? 1 : 0)}` : value.toFixed(2);
  return {
    what,
    measured: `${ms({ p50, p95 })}: ${asText(ratio)} of ${name}`,
    target: `≤ ${most <= 0.5 ? `1/${Math.round(1 / most)}` : most}`,
    reached: ratio <= most,
  };
}

/**
 * A row without a target, for a figure that is compared for information.
 * @param {string} what
 * @param {{p50: number, p95: number}} spread
 * @param {{of: number | undefined, name: string}} rival
 * @returns {import('./parts.mjs').Row}
 */
export function compared(what, spread, rival) {
  const { measured } = row(what, spread, { ...rival, most: Infinity });
  return { what, measured };
}

/** @param {{p50: number, p95: number}} spread */
export function ms({ p50, p95 }) {
  const text = (/** @type {number} */ value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
  return `${text(p50)} ms (p95 ${text(p95)})`;
}

/**
 * A function's name as its author wrote it, as far as that can be had without a full demangler: the path of Rust's older scheme and of simple C++ names
 * (`_ZN4core9panicking5panic17h0123456789abcdefE` is `core::panicking::panic`). Any other name is given back as it is.
 */
export function demangle(name: string): string {
  if (!name.startsWith('_Z')) return name;
  const nested = name.startsWith('_ZN');
  const parts: string[] = [];
  let at = nested ? 3 : 2;
  // A C++ method may be const or volatile, which comes before its path.
  while (nested && (name[at] === 'K' || name[at] === 'V')) at += 1;
  for (;;) {
    const [digits] = /^\d+/.exec(name.slice(at)) ?? [];
    if (digits === undefined) break;
    const start = at + digits.length;
    const end = start + Number(digits);
    if (end > name.length) return name;
    parts.push(name.slice(start, end));
    at = end;
    if (!nested) break;
  }
  // What follows a whole path is its end, or the parameters of a plain function; anything else is beyond this.
  if (parts.length === 0 || (nested && name[at] !== 'E')) return name;
  const isRust = parts.length > 1 && /^h[0-9a-f]{16}$/.test(parts.at(-1) ?? '');
  return (isRust ? parts.slice(0, -1) : parts).map(unescapeRust).join('::');
}

const rustEscapes: Readonly<Record<string, string>> = {
  SP: '@',
  BP: '*',
  RF: '&',
  LT: '<',
  GT: '>',
  LP: '(',
  RP: ')',
  C: ',',
};

function unescapeRust(part: string): string {
  return part
    .replace(/^_(?=\$)/, '')
    .replace(/\$(\w+)\$/g, (whole, code: string) => {
      const point = /^u([0-9a-f]{1,6})$/.exec(code)?.[1];
      return point === undefined
        ? (rustEscapes[code] ?? whole)
        : String.fromCodePoint(Number.parseInt(point, 16));
    })
    .replaceAll('..', '::');
}

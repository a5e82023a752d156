/** The JavaScript name that jco gives to a kebab-case name of WIT: `HTTP3-name` becomes `http3Name`. */
export function lowerCamelCase(kebab: string): string {
  const [first = '', ...rest] = kebab.split('-');
  return first.toLowerCase() + rest.map(capitalise).join('');
}

/** The same for resource classes: `output-stream` becomes `OutputStream`. */
export function upperCamelCase(kebab: string): string {
  return kebab.split('-').map(capitalise).join('');
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

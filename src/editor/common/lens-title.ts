/** The title of a lens: VS Code swallows a blank behind an icon, but not one that does not break. */
export function lensTitle(title: string): string {
  return title.replace(/(\$\([\w~-]+\)) /g, '$1\u00a0');
}

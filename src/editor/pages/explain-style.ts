/** The page's style: the theme's own colours and fonts, in every theme, at any width. */
export const explainStyle = `
body { padding: 0; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5; }
main { max-width: 56em; padding: 1em 2em 3em; }
h1 { font-size: 1.6em; font-weight: 500; margin: .4em 0 .6em; }
h2 { font-size: 1.15em; font-weight: 600; margin: 2em 0 .5em; padding-bottom: .2em; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
h3 { font-size: 1em; font-weight: 600; margin: 1em 0 .2em; color: var(--vscode-descriptionForeground); }
ul, ol { margin: .4em 0; padding-left: 1.6em; }
li { margin: .3em 0; overflow-wrap: anywhere; }
.verdict { font-size: 1.15em; border-left: 4px solid var(--vscode-descriptionForeground); padding: .5em .9em; background: var(--vscode-textBlockQuote-background); overflow-wrap: anywhere; }
.verdict.traps, .verdict.likely-traps { border-color: var(--vscode-list-warningForeground); }
.verdict.reruns { border-color: var(--vscode-testing-iconPassed); }
code, pre { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); color: inherit; background: none; padding: 0; }
pre { overflow-x: auto; margin: .6em 0; padding: .8em 1em; line-height: 1.4; color: var(--vscode-editor-foreground); background: var(--vscode-textCodeBlock-background); border: 1px solid var(--vscode-contrastBorder, transparent); }
pre mark { color: inherit; background: var(--vscode-editor-findMatchHighlightBackground); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); }
pre .mark { font-weight: 600; }
a { color: var(--vscode-textLink-foreground); }
a:hover { color: var(--vscode-textLink-activeForeground); }
a.button { display: inline-block; margin: .2em .4em .2em 0; padding: .35em 1em; text-decoration: none; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; }
a.button.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
a.button.primary:hover { background: var(--vscode-button-hoverBackground); }
a.button.secondary { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
a.button.secondary:hover { background: var(--vscode-button-secondaryHoverBackground); }
a:focus-visible, pre:focus-visible, .table:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.table { overflow-x: auto; }
table { border-collapse: collapse; }
caption { text-align: left; padding-bottom: .4em; color: var(--vscode-descriptionForeground); }
th, td { text-align: left; vertical-align: top; padding: .25em 1.2em .25em 0; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
th { font-weight: 600; }
`;

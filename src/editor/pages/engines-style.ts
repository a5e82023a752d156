/** What pages with comparisons of engines have besides the style of explanations: colours for what differs; words and marks tell it, too. */
export const enginesStyle = `
table.engines th[scope="row"] { font-weight: 400; color: var(--vscode-descriptionForeground); }
table.engines th { white-space: nowrap; }
table.engines td { overflow-wrap: anywhere; max-width: 24em; }
td.different, td.unknown { color: var(--vscode-list-warningForeground); }
pre .jco, pre .wasmtime { display: inline-block; min-width: 100%; }
pre .jco { background: var(--vscode-diffEditor-removedLineBackground); }
pre .wasmtime { background: var(--vscode-diffEditor-insertedLineBackground); }
pre .place { color: var(--vscode-descriptionForeground); }
`;

/** What is in a cached transpilation: written last, so that a folder without it is not finished. */
export interface Manifest {
  /** Version of this layout and of the generator; another one makes the folder useless. */
  readonly format: string;
  readonly files: readonly ManifestFile[];
  /** Names of the imported interfaces, as the glue asks for them: without versions where they are WASI's. */
  readonly imports: readonly string[];
  /** Names of the exports as the glue gives them. */
  readonly exports: readonly string[];
  /** Whether the glue needs JSPI: the component is of WASI 0.3 in any part, or exports an async function. */
  readonly async: boolean;
}

const roles = ['glue', 'core', 'original', 'code-cache', 'component'] as const;

/** One file of the folder. */
export interface ManifestFile {
  readonly name: string;
  /**
   * `original` is a core module as the toolchain made it, beside one that was rewritten; `component` is what was made of a core module, alone
   * in its folder.
   */
  readonly role: (typeof roles)[number];
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Version of the layout and of what makes the glue. Change it with either. */
export const manifestFormat = 'jco-transpile 0.15.0, layout 13';

/** Reads a manifest. Null for anything that is not one of the present format. */
export function parseManifest(text: string): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { format, files, imports, exports, async }: Partial<Record<keyof Manifest, unknown>> = value;
  if (format !== manifestFormat || !Array.isArray(files) || !files.every(isManifestFile)) return null;
  if (typeof async !== 'boolean' || !isTexts(imports) || !isTexts(exports)) return null;
  return { format, files, imports, exports, async };
}

function isManifestFile(value: unknown): value is ManifestFile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, role, sizeBytes, sha256 }: Partial<Record<keyof ManifestFile, unknown>> = value;
  return (
    typeof name === 'string' &&
    /^[\w.-]+$/.test(name) &&
    roles.some((each) => each === role) &&
    typeof sizeBytes === 'number' &&
    typeof sha256 === 'string'
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

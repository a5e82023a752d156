import { formatBytes } from '../../base/size';
import {
  numberIn,
  type Structure,
  type StructureImport,
  type StructureNode,
} from '../../component/anatomy/structure';
import { isWasiImport } from '../../component/wasi';
import type { GraphEdge, GraphNode, StructurePart, TextGroup } from '../../page/messages';
import { structureText } from '../../words/page';

/** Names that are listed of what a box gets or gives. */
const mostListed = 40;

/** Pictures of what a file is made of: one for each component, in which its imports, instances and exports are boxes; null if nothing is in it. */
export function pageStructure(structure: Structure): StructurePart | null {
  // A WIT package has nothing but types.
  const hasParts =
    structure.kind === 'module' ||
    structure.nodes.some(({ kind }) => kind !== 'import' && kind !== 'component');
  return hasParts ? new Pictures(structure).draw() : null;
}

class Pictures {
  readonly #structure: Structure;
  readonly #byId: ReadonlyMap<string, StructureNode>;
  /** What there are instances of, by its id. */
  readonly #instantiated: ReadonlySet<string | null>;
  readonly #nodes: GraphNode[] = [];
  readonly #edges = new Map<string, GraphEdge>();

  constructor(structure: Structure) {
    this.#structure = structure;
    this.#byId = new Map(structure.nodes.map((node) => [node.id, node]));
    this.#instantiated = new Set(structure.nodes.map(({ of }) => of));
  }

  draw(): StructurePart {
    const { nodes, leftOut } = this.#structure;
    const [root] = nodes;
    const scopes = nodes.filter((node) => node.kind === 'component' || node === root);
    for (const scope of scopes) this.#drawScope(scope);
    return {
      root: root?.id ?? '',
      scopes: scopes.map((scope) => ({ id: scope.id, title: this.#label(scope), parent: scope.parent })),
      nodes: this.#nodes,
      edges: [...this.#edges.values()],
      note: leftOut === 0 ? '' : structureText.leftOut(leftOut),
    };
  }

  #drawScope(scope: StructureNode): void {
    const children = this.#structure.nodes.filter(({ parent }) => parent === scope.id);
    this.#drawImports(
      scope,
      children.filter(({ kind }) => kind === 'import'),
    );
    if (scope.kind === 'module') {
      this.#drawInstance(scope, scope.id);
      this.#drawExports(scope, scope.id);
      return;
    }
    for (const node of children) {
      if (node.kind === 'instance' || node.kind === 'core-instance') this.#drawInstance(node, scope.id);
      else if (node.kind !== 'import' && !this.#instantiated.has(node.id)) this.#drawUnused(node, scope.id);
    }
    this.#drawExports(scope, null);
  }

  /** WASI's imports are one box, since there may be many; each other import is one. */
  #drawImports(scope: StructureNode, imports: readonly StructureNode[]): void {
    const isWasi = ({ name }: StructureNode) => isWasiImport(name ?? '');
    const wasi = imports.filter(isWasi);
    if (wasi.length > 0)
      this.#nodes.push({
        ...plain,
        id: wasiId(scope.id),
        label: structureText.wasi(wasi.length),
        kind: structureText.import(),
        shape: 'import',
        scope: scope.id,
        details: group(
          structureText.gives(),
          wasi.map(({ name }) => name ?? ''),
        ),
      });
    for (const node of imports) {
      if (isWasi(node)) continue;
      const kind = structureText.import();
      this.#nodes.push({
        ...plain,
        id: node.id,
        label: this.#label(node),
        kind,
        shape: 'import',
        scope: scope.id,
      });
    }
  }

  #drawInstance(node: StructureNode, scope: string): void {
    const of = node.kind === 'module' ? node : this.#byId.get(node.of ?? '');
    const isComponent = node.kind === 'instance';
    this.#nodes.push({
      id: node.id,
      label: this.#label(node),
      kind: kindOf(node),
      shape: isComponent ? 'component' : 'instance',
      scope,
      inside: of?.kind === 'component' ? of.id : null,
      module: of?.kind === 'module' ? numberIn(of.id) : null,
      details: [
        ...sizeOf(of),
        ...group(
          structureText.gets(),
          node.imports.map((each) => this.#gets(each)),
          node.importCount,
        ),
        ...group(
          structureText.gives(),
          node.exports.map(({ name }) => name),
          node.exportCount,
        ),
      ],
    });
    for (const { from } of node.imports) if (from !== null) this.#connect(scope, from, node.id);
  }

  #drawUnused(node: StructureNode, scope: string): void {
    const isModule = node.kind === 'module';
    this.#nodes.push({
      id: node.id,
      label: this.#label(node),
      kind: isModule ? structureText.unused() : structureText.unusedComponent(),
      shape: 'unused',
      scope,
      inside: isModule ? null : node.id,
      module: isModule ? numberIn(node.id) : null,
      details: sizeOf(node),
    });
  }

  #drawExports(scope: StructureNode, from: string | null): void {
    if (scope.exportCount === 0) return;
    const id = `${scope.id}/exports`;
    this.#nodes.push({
      ...plain,
      id,
      label: structureText.exports(scope.exportCount),
      kind: structureText.exported(),
      shape: 'export',
      scope: scope.id,
      details: group(
        structureText.gets(),
        scope.exports.map((each) =>
          each.from === null ? each.name : structureText.from(each.name, this.#labelOf(each.from)),
        ),
        scope.exportCount,
      ),
    });
    for (const each of scope.exports) {
      const giver = each.from ?? from;
      if (giver !== null) this.#connect(scope.id, giver, id);
    }
  }

  #connect(scope: string, from: string, to: string): void {
    const giver = this.#byId.get(from);
    const isWasi = giver?.kind === 'import' && isWasiImport(giver.name ?? '');
    const edge = { from: isWasi ? wasiId(scope) : from, to };
    if (edge.from !== to) this.#edges.set(`${edge.from} ${to}`, edge);
  }

  #gets({ name, from, items }: StructureImport): string {
    const what = items > 1 ? `${name} (${String(items)})` : name;
    return from === null ? what : structureText.from(what, this.#labelOf(from));
  }

  #labelOf(id: string): string {
    const node = this.#byId.get(id);
    return node === undefined ? id : this.#label(node);
  }

  /** Its own name, else that of what it is an instance of, else what and the how manieth it is. */
  #label(node: StructureNode): string {
    if (node.name !== null && node.name !== '') return node.name;
    const of = this.#byId.get(node.of ?? '');
    if (of !== undefined) return this.#label(of);
    return structureText.numbered(
      node.kind === 'component' ? structureText.component() : structureText.module(),
      numberIn(node.id),
    );
  }
}

const plain = { inside: null, module: null, details: [] };

function wasiId(scope: string): string {
  return `${scope}/wasi`;
}

function kindOf(node: StructureNode): string {
  switch (node.role) {
    case 'adapter':
      return structureText.adapter();
    case 'shim':
      return structureText.shim();
    case 'fixups':
      return structureText.fixups();
    default:
      if (node.kind === 'module') return structureText.module();
      return node.kind === 'instance' ? structureText.instance() : structureText.coreInstance();
  }
}

function sizeOf(node: StructureNode | undefined): readonly TextGroup[] {
  const range = node?.range;
  return range ? [{ title: structureText.size(), lines: [formatBytes(range.end - range.start)] }] : [];
}

function group(title: string, names: readonly string[], count = names.length): readonly TextGroup[] {
  if (count === 0) return [];
  const lines = names.slice(0, mostListed);
  const more = count - lines.length;
  return [{ title, lines: more > 0 ? [...lines, structureText.more(more)] : lines }];
}

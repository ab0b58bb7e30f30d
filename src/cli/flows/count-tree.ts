import { compareBy, isLarge, type LineChoice, topOf } from './choose-lines.js';
import { type Amount, addAmounts, type CountLine, directoryOf, wholeLine } from './count-lines.js';

/** A line of a tree: what it holds together with all that is beneath it. */
export interface TreeLine extends CountLine {
  readonly depth: number;
  readonly name: string;
  /** What it holds itself; those of all lines add up to the total. `null`: it only adds up what is beneath it. */
  readonly own: Amount | null;
}

interface Node {
  readonly name: string;
  /** With what is beneath it, once the tree stands. */
  line: CountLine;
  own: CountLine | null;
  readonly children: Node[];
}

/** Lines as a tree of directories, files and headings: largest first, or whatever is asked for, within each. */
export function treeLines(lines: readonly CountLine[], choice: LineChoice): { shown: TreeLine[]; hidden: number } {
  const root = plant(lines);
  for (const node of root.children) addUp(node);
  const owners = nodesOf(root).filter((node) => node.own !== null && isLarge(node.line, choice));
  const chosen = topOf(
    owners.map(({ own }) => own!),
    choice,
  );
  const shown = root.children.length === 0 ? [] : shownLines(root, 0, { choice, chosen });
  return { shown, hidden: nodesOf(root).length - shown.length };
}

/** All nodes but the root. */
const nodesOf = ({ children }: Node): Node[] => children.flatMap((child) => [child, ...nodesOf(child)]);

function plant(lines: readonly CountLine[]): Node {
  const root: Node = { name: '', line: wholeLine('.', 'dir', NOTHING), own: null, children: [] };
  const places = new Map<string, Node>();
  const place = (path: string, kind: 'dir' | 'file'): Node => {
    const known = places.get(path);
    if (known !== undefined) return known;
    const node: Node = { name: nameOf(path, kind), line: wholeLine(path, kind, NOTHING), own: null, children: [] };
    places.set(path, node);
    parentOf(path).children.push(node);
    return node;
  };
  const parentOf = (path: string): Node => (isTop(path) ? root : place(directoryOf(path), 'dir'));
  /** The headings that are open, outermost first. */
  let open: Node[] = [];
  for (const line of lines) {
    if (line.titles.length === 0) place(line.path, line.kind === 'dir' ? 'dir' : 'file').own = line;
    else {
      const above = line.titles.length === 1 ? place(line.file, 'file') : open[line.titles.length - 2]!;
      const node: Node = { name: line.titles.at(-1)!, line, own: line, children: [] };
      above.children.push(node);
      open = [...open.slice(0, line.titles.length - 1), node];
    }
  }
  return root;
}

const NOTHING: Amount = { bytes: 0, tokens: [] };

const isTop = (path: string): boolean => path === '/' || directoryOf(path) === '.';

function nameOf(path: string, kind: 'dir' | 'file'): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return kind === 'file' ? name : `${name}/`;
}

function addUp(node: Node): Amount {
  const parts: Amount[] = node.children.map(addUp);
  if (node.own !== null) parts.unshift(node.own);
  const { bytes, tokens } = parts.reduce(addAmounts);
  node.line = { ...node.line, bytes, tokens };
  return node.line;
}

interface Shown {
  readonly choice: LineChoice;
  readonly chosen: ReadonlySet<CountLine>;
}

/** A line is shown when it is chosen, or stands above one that is. */
function shownLines({ children }: Node, depth: number, shown: Shown): TreeLine[] {
  const compare = compareBy(shown.choice.sort);
  return children
    .filter(({ line }) => isLarge(line, shown.choice))
    .sort((a, b) => compare(a.line, b.line))
    .flatMap((node) => {
      const beneath = shownLines(node, depth + 1, shown);
      const isShown = beneath.length > 0 || (node.own !== null && shown.chosen.has(node.own));
      return isShown ? [treeLine(node, depth), ...beneath] : [];
    });
}

const treeLine = ({ name, line, own }: Node, depth: number): TreeLine => ({
  ...line,
  depth,
  name,
  own: own === null ? null : { bytes: own.bytes, tokens: own.tokens },
});

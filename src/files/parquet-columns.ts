/** The columns of a row group, read side by side in pieces of any number of rows. */

import type { FileHandle } from 'node:fs/promises';
import type { DecodedArray, RowGroup, SchemaTree } from 'hyparquet';
import { assembleNested } from 'hyparquet/src/assemble.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getTreePath } from 'hyparquet/src/schema.js';
import { brokenParquet } from '../errors/file-formats.js';
import { leafRows } from './parquet-pages.js';

export interface GroupFile {
  readonly handle: FileHandle;
  /** What messages call the file. */
  readonly name: string;
  readonly root: SchemaTree;
}

/** Reads the next rows of one column: a value a row, `null` or `undefined` for none. */
export type TakeRows = (count: number) => Promise<readonly unknown[]>;

/** One reader for each column of the file, in order. */
export const columnReaders = (file: GroupFile, group: RowGroup): readonly TakeRows[] =>
  file.root.children.map((column) => {
    const leaves = leavesOf(column).map((leaf) => leafQueue(file, group, leaf));
    return column.children.length === 0 ? leaves[0]!.take : nestedReader(file, column, leaves);
  });

interface LeafQueue {
  /** Its path, with points between. */
  readonly path: string;
  readonly take: TakeRows;
}

const leavesOf = (node: SchemaTree): readonly SchemaTree[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(leavesOf);

function leafQueue({ handle, name, root }: GroupFile, group: RowGroup, leaf: SchemaTree): LeafQueue {
  const path = leaf.path.join('.');
  const column = group.columns.find(({ meta_data }) => meta_data?.path_in_schema.join('.') === path)?.meta_data;
  if (column === undefined) throw brokenParquet(name, `a row group lacks column ${path}`);
  const schemaPath = getTreePath(root, leaf.path);
  const pages = leafRows({ handle, name, column, schemaPath });
  let [rows, at]: [readonly unknown[], number] = [[], 0];
  const take = async (count: number): Promise<readonly unknown[]> => {
    const taken: unknown[] = [];
    while (taken.length < count) {
      if (at === rows.length) {
        const next = await pages.next();
        if (next.done) throw brokenParquet(name, `column ${path} has fewer rows than the file`);
        [rows, at] = [next.value, 0];
      }
      const end = Math.min(rows.length, at + count - taken.length);
      for (; at < end; at++) taken.push(rows[at]);
    }
    return taken;
  };
  return { path, take };
}

/** Maps, lists and structs: put together of their leaves, whose pages end at different rows. */
const nestedReader =
  ({ name }: GroupFile, column: SchemaTree, leaves: readonly LeafQueue[]): TakeRows =>
  async (count) => {
    const parts = new Map<string, DecodedArray>();
    for (const { path, take } of leaves) parts.set(path, (await take(count)) as unknown[]);
    assembleNested(parts, column, DEFAULT_PARSERS);
    const whole = parts.get(column.path.join('.'));
    if (whole === undefined) throw brokenParquet(name, `column ${column.element.name} cannot be put together`);
    return whole as unknown[];
  };

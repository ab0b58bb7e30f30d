import { groupBy } from '../../group-by.js';
import type { FlowCell } from './flow-cell.js';

/**
 * Names that may be of one model, told apart only by how stages write them: `Qwen/Qwen3-32B` and `qwen3-32b`. Of each group
 * the shortest name first; names that one stage uses both are two models.
 */
export function alikeModels(cells: readonly Pick<FlowCell, 'stage' | 'model'>[]): readonly (readonly string[])[] {
  const cellsOf = groupBy(cells, ({ model }) => model);
  const isApart = (names: readonly string[]) => {
    const stages = names.flatMap((name) => [...new Set(cellsOf.get(name)!.map(({ stage }) => stage))]);
    return new Set(stages).size === stages.length;
  };
  return [...groupBy([...cellsOf.keys()], plainName).values()]
    .filter((names) => names.length > 1 && isApart(names))
    .map((names) => names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)));
}

/** What follows the last slash, letters and digits alone. */
const plainName = (name: string): string =>
  name
    .slice(name.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

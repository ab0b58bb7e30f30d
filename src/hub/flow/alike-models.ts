import type { FlowCell } from './flow-cell.js';

/**
 * Names that may be of one model, told apart only by how stages write them: `Qwen/Qwen3-32B` and `qwen3-32b`. Of each group
 * the shortest name first; names that one stage uses both are two models.
 */
export function alikeModels(cells: readonly Pick<FlowCell, 'stage' | 'model'>[]): readonly (readonly string[])[] {
  const stagesOf = new Map<string, Set<string>>();
  for (const { model, stage } of cells) {
    const stages = stagesOf.get(model);
    if (stages === undefined) stagesOf.set(model, new Set([stage]));
    else stages.add(stage);
  }
  const groups = new Map<string, string[]>();
  for (const name of stagesOf.keys()) groups.set(plainName(name), [...(groups.get(plainName(name)) ?? []), name]);
  const isApart = (names: readonly string[]) => {
    const stages = names.flatMap((name) => [...stagesOf.get(name)!]);
    return new Set(stages).size === stages.length;
  };
  return [...groups.values()]
    .filter((names) => names.length > 1 && isApart(names))
    .map((names) => names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)));
}

/** What follows the last slash, letters and digits alone. */
const plainName = (name: string): string =>
  name
    .slice(name.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

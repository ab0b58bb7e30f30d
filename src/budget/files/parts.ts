/** What a measure is made of, and which of it to look at first. */

import type { Part } from '../verdict.js';
import type { FileMeasure, FileTokens } from './file-measure.js';

/** That a verdict carries. */
const MOST_PARTS = 5;

/**
 * What grew most since the base, or, where nothing grew or there is no base, what is largest: files of all together,
 * sections of one file. Equal ones stand by name.
 *
 * @param before  files as they were; `null`: not known
 */
export function partsOf(
  measure: Pick<FileMeasure, 'path' | 'section'>,
  files: readonly FileTokens[],
  before: readonly FileTokens[] | null,
): readonly Part[] {
  if (measure.section !== null) return [];
  const { path } = measure;
  const parts =
    path === null
      ? compared(namedFiles(files), before === null ? null : namedFiles(before))
      : compared(sectionsOf(path, files) ?? [], before === null ? null : sectionsOf(path, before));
  const grown = parts.filter(({ delta }) => delta !== null && delta > 0n);
  return (grown.length > 0 ? grown : parts).toSorted(mostFirst).slice(0, MOST_PARTS);
}

/** Whether parts are of what grew; else they are of what is largest. */
export const haveGrown = ([first]: readonly Part[]): boolean => (first?.delta ?? 0n) > 0n;

type Named = readonly (readonly [name: string, tokens: number])[];

const namedFiles = (files: readonly FileTokens[]): Named => files.map(({ path, tokens }) => [path, tokens]);

/** `null`: its sections were not counted. */
function sectionsOf(path: string, files: readonly FileTokens[]): Named | null {
  const sections = files.find((file) => file.path === path)?.sections ?? null;
  return sections?.map(({ titles, tokens }) => [sectionName(path, titles), tokens]) ?? null;
}

/** `prompts/a.md#Rules › Tone`, as `count --by section` has it. */
export const sectionName = (path: string, titles: readonly string[]): string => `${path}#${titles.join(' › ')}`;

function compared(now: Named, before: Named | null): Part[] {
  const former = before === null ? null : new Map(before);
  return now.map(([name, tokens]) => ({
    name,
    tokens: BigInt(tokens),
    delta: former === null ? null : BigInt(tokens - (former.get(name) ?? 0)),
  }));
}

/** By growth where something grew, else by size. */
function mostFirst(a: Part, b: Part): number {
  const [x, y] = [rankOf(a), rankOf(b)];
  if (x !== y) return x > y ? -1 : 1;
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}

const rankOf = ({ delta, tokens }: Part): bigint => (delta !== null && delta > 0n ? delta : tokens);

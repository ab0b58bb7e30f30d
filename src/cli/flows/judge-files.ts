import type { FileBudget, Verdict } from '../../budget/budget.js';
import { judgeFile, judgeNoFiles, judgeSkippedFile } from '../../budget/judge-files.js';
import { TokenhubError } from '../../errors.js';
import { asInstalled } from '../../files/data-package.js';
import { loadEncoding } from '../../files/encoding-store.js';
import { matchListing } from '../../files/match-paths.js';
import { readTextFile } from '../../files/read-text.js';
import { processSurroundings } from '../../files/surroundings.js';
import { type ModelEncoding, resolveEncodingName, resolveModel } from '../../tokenizer/models.js';

/** Counts the files of one budget and judges each, or all together; a file that cannot be counted is a verdict too. */
export async function judgeFiles(budget: FileBudget): Promise<readonly Verdict[]> {
  const listing = await matchListing(budget.paths, { root: budget.root });
  if (listing.files.length + listing.skipped.length === 0) return [judgeNoFiles(budget)];
  const counter = counterOf(budget);
  const skipped = listing.skipped.map(({ path, reason }) => judgeSkippedFile(budget, path, reason));
  const counted: { path: string; tokens: number }[] = [];
  for (const { path, absolute } of listing.files) {
    const read = readTextFile(absolute);
    if ('skipped' in read) skipped.push(judgeSkippedFile(budget, path, read.skipped));
    else counted.push({ path, tokens: tokensOf(read.utf8, counter, budget.root) });
  }
  const { band } = counter;
  if (budget.scope === 'file') return [...counted.map((file) => judgeFile(budget, { ...file, band })), ...skipped];
  const tokens = counted.reduce((sum, file) => sum + file.tokens, 0);
  return [judgeFile(budget, { path: null, tokens, band }), ...skipped];
}

const tokensOf = (
  utf8: Uint8Array,
  { encoding, factor }: Pick<ModelEncoding, 'encoding' | 'factor'>,
  root: string,
): number => Math.round(loadEncoding(encoding, { ...processSurroundings(), cwd: root }).count(utf8) * factor);

function counterOf({ model, encoding, place, root }: FileBudget): Pick<ModelEncoding, 'encoding' | 'factor' | 'band'> {
  try {
    if (model !== null) return asInstalled(resolveModel(model), root);
    return { encoding: resolveEncodingName(encoding ?? 'o200k_base'), factor: 1, band: null };
  } catch (error) {
    throw error instanceof TokenhubError
      ? error.movedTo({ ...place, field: model === null ? 'encoding' : 'model' })
      : error;
  }
}

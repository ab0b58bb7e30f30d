import type { FileBudget, Verdict } from '../../budget/budget.js';
import { judgeFile, judgeNoFiles, judgeSkippedFile } from '../../budget/judge-files.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { type CountedBy, countListed } from '../../files/count-files.js';
import { asInstalled } from '../../files/data-package.js';
import { matchListing } from '../../files/match-paths.js';
import { processSurroundings } from '../../files/surroundings.js';
import { type ModelEncoding, resolveEncodingName, resolveModel } from '../../tokenizer/models.js';

/** Counts the files of one budget and judges each, or all together; a file that cannot be counted is a verdict too. */
export async function judgeFiles(budget: FileBudget): Promise<readonly Verdict[]> {
  const listing = await matchListing(budget.paths, { root: budget.root });
  if (listing.files.length + listing.skipped.length === 0) return [judgeNoFiles(budget)];
  const counter = counterOf(budget);
  const skipped = listing.skipped.map(({ path, reason }) => judgeSkippedFile(budget, path, reason));
  const counted: { path: string; tokens: number }[] = [];
  for await (const item of countListed(listing.files, gateOver(budget.root, counter), null)) {
    if ('reason' in item) skipped.push(judgeSkippedFile(budget, item.path, item.reason));
    else counted.push({ path: item.path, tokens: Math.round(item.tokens[0]! * counter.factor) });
  }
  const { band } = counter;
  if (budget.scope === 'file') return [...counted.map((file) => judgeFile(budget, { ...file, band })), ...skipped];
  const tokens = counted.reduce((sum, file) => sum + file.tokens, 0);
  return [judgeFile(budget, { path: null, tokens, band }), ...skipped];
}

/** A gate reads every file: it takes no counts of an earlier run. */
const gateOver = (root: string, { encoding }: Pick<ModelEncoding, 'encoding'>): CountedBy => ({
  ...processSurroundings(),
  cwd: root,
  encodings: [encoding],
  cache: 'none',
});

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

/** Reads the user's own price files (YAML, or JSON, which is YAML) into a price source. */

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { isSeq } from 'yaml';
import { badPrice } from '../errors/money.js';
import type { PriceSource } from '../pricing/price.js';
import { type UserPrice, userPrices } from '../pricing/user-prices.js';
import { parseEntries, type ReadEntryText, readEntryText } from './entry-text.js';
import { type PriceFileText, readEntry } from './price-file-entry.js';

/**
 * The prices of all files as one source, asked before every built-in list.
 *
 * A file is a list of entries; `price-file-entry.ts` describes one. Numbers are taken from their text, so that they are
 * exact. Entries of one model, provider and mode must not be in force at the same time, across files too.
 *
 * @param paths  files in any order; messages name them as given
 * @param read   where they are read from
 * @throws BAD_PRICE at `file:line: field` for the first thing wrong in a file, or when a file cannot be read
 */
export async function readPriceFiles(paths: readonly string[], read = readEntryText): Promise<PriceSource> {
  const files = await Promise.all(paths.map((path) => readPriceFile(path, read)));
  const version = files.map(({ asOf }) => asOf).join(', ');
  return userPrices(
    files.flatMap(({ entries }) => entries),
    version,
  );
}

async function readPriceFile(file: string, read: ReadEntryText): Promise<{ asOf: string; entries: UserPrice[] }> {
  const text = await read(file, { bad: badPrice, noun: 'price', where: 'the path under `prices`' });
  const asOf = `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  return { asOf, entries: entriesOf(text, { file, name: basename(file), version: asOf }) };
}

function entriesOf(text: string, source: { file: string; name: string; version: string }): UserPrice[] {
  const { contents, lineOf } = parseEntries(text, source.file, badPrice);
  const file: PriceFileText = { ...source, lineOf, ...PRICE, bad: badPrice };
  if (contents === null) return [];
  if (isSeq(contents)) return contents.items.map((item) => readEntry(item, file));
  throw badPrice({ file: source.file, line: 1 }, 'is no list', 'begin every price with `- model: NAME`');
}

const PRICE = { noun: 'price', example: '`- model: NAME` and indented fields below' };

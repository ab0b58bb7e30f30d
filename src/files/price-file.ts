/** Reads the user's own price files (YAML, or JSON, which is YAML) into a price source. */

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isSeq, LineCounter, parseDocument } from 'yaml';
import { badPrice } from '../errors.js';
import type { PriceSource } from '../pricing/price.js';
import { type UserPrice, userPrices } from '../pricing/user-prices.js';
import { readEntry } from './price-file-entry.js';
import type { PriceFileText } from './price-file-fields.js';
import { isDeepYaml } from './yaml-text.js';

/** Bytes; room for ten thousand prices. */
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * The prices of all files as one source, asked before every built-in list.
 *
 * A file is a list of entries; `price-file-entry.ts` describes one. Numbers are taken from their text, so that they are
 * exact. Entries of one model, provider and mode must not be in force at the same time, across files too.
 *
 * @param paths  files in any order; messages name them as given
 * @throws BAD_PRICE at `file:line: field` for the first thing wrong in a file, or when a file cannot be read
 */
export async function readPriceFiles(paths: readonly string[]): Promise<PriceSource> {
  const files = await Promise.all(paths.map(readPriceFile));
  const version = files.map(({ asOf }) => asOf).join(', ');
  return userPrices(
    files.flatMap(({ entries }) => entries),
    version,
  );
}

async function readPriceFile(file: string): Promise<{ asOf: string; entries: UserPrice[] }> {
  const text = await readText(file);
  const asOf = `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  return { asOf, entries: entriesOf(text, { file, name: basename(file), version: asOf }) };
}

async function readText(file: string): Promise<string> {
  try {
    const status = await stat(file);
    if (status.isFile() && status.size <= LARGEST_FILE) return await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/,.*/s, '') : String(cause);
    throw badPrice({ file }, `cannot be read: ${why}`, 'check the path under `prices`', cause);
  }
  throw badPrice({ file }, 'is no file, or larger than 4 MB', 'a price file is a short list of prices');
}

function entriesOf(text: string, source: { file: string; name: string; version: string }): UserPrice[] {
  const lines = new LineCounter();
  const contents = parse(text, source.file, lines);
  const file: PriceFileText = { ...source, lineOf: (offset) => lines.linePos(offset).line };
  if (contents === null) return [];
  if (isSeq(contents)) return contents.items.map((item) => readEntry(item, file));
  throw badPrice({ file: source.file, line: 1 }, 'is no list', 'begin every price with `- model: NAME`');
}

function parse(text: string, file: string, lines: LineCounter): unknown {
  if (isDeepYaml(text)) throw badPrice({ file }, 'is nested too deeply', 'a price file is a flat list');
  // Keys that stand twice are found by `Fields`, in linear time.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error === undefined) return document.contents;
  const { line } = lines.linePos(error.pos[0]);
  throw badPrice({ file, line }, printable(error.message), 'mend the YAML; fields are indented with blanks', error);
}

const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');

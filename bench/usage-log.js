/** Made-up usage logs in tokenhub's own CSV: the same bytes for the same number of rows, kept between runs, never committed. */

import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { kept } from './kept.js';
import { shuffled } from './random.js';
import { COLUMNS, rowsOf } from './usage-rows.js';

/** Raised when rows of the same number become others. */
const VERSION = 2;

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 0, 1);
const ROWS_AT_ONCE = 5000;

/** Rows as people write them: 1m, 200k. */
export const countText = (rows) => (rows % 1e6 === 0 ? `${rows / 1e6}m` : `${rows / 1000}k`);

/** `{ from, to }` in ms: a quarter of a year, or a whole one from ten million rows on. */
export const periodOf = (rows) => ({ from: FROM, to: FROM + (rows >= 1e7 ? 365 : 90) * DAY });

/**
 * The log of so many rows near the order of time, and two of the same rows in other bytes.
 * @returns  `{ path, bytes, rows, again(), mixed() }`, the last two being paths of copies: one that differs in its header
 *   alone, and one in random order
 */
export function usageLog(rows) {
  const path = made(`${countText(rows)}`, (file) => writeRows(file, rows));
  return {
    path,
    rows,
    bytes: statSync(path).size,
    again: () => made(`${countText(rows)}-again`, (file) => copyWithHeader(path, file, COLUMNS.toUpperCase())),
    mixed: () => made(`${countText(rows)}-mixed`, (file) => writeMixed(path, file)),
  };
}

/** Path of a kept file; written under another name first, so that one cut short is never taken for whole. */
function made(name, write) {
  const path = join(kept('usage'), `usage-${name}-v${VERSION}.csv`);
  if (existsSync(path)) return path;
  console.log(`Making ${path}`);
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w');
  write(file);
  closeSync(file);
  renameSync(partial, path);
  return path;
}

function writeRows(file, rows) {
  writeSync(file, `${COLUMNS}\n`);
  const nextRow = rowsOf(rows, periodOf(rows));
  for (let left = rows; left > 0; left -= ROWS_AT_ONCE)
    writeSync(file, Array.from({ length: Math.min(left, ROWS_AT_ONCE) }, nextRow).join(''), null, 'latin1');
}

function copyWithHeader(path, file, header) {
  writeSync(file, header);
  const from = openSync(path, 'r');
  const bytes = Buffer.allocUnsafe(1 << 20);
  for (let at = header.length, read = 1; read > 0; at += read) {
    read = readSync(from, bytes, 0, bytes.length, at);
    writeSync(file, bytes, 0, read);
  }
  closeSync(from);
}

/** Keeps all rows in memory: for a million of them, not for ten. */
function writeMixed(path, file) {
  const [header, ...rows] = readFileSync(path, 'latin1').trimEnd().split('\n');
  writeSync(file, `${header}\n`);
  const mixed = shuffled(rows);
  for (let at = 0; at < mixed.length; at += ROWS_AT_ONCE)
    writeSync(file, `${mixed.slice(at, at + ROWS_AT_ONCE).join('\n')}\n`, null, 'latin1');
}

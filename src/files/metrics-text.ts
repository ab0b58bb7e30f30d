/** Prometheus text exposition, and OpenMetrics, as one record: the whole text. */

import { notRecords } from '../errors/file-formats.js';
import { inputTooLarge } from '../errors/models.js';
import { quoted } from '../errors/wording.js';
import type { RecordBatch } from './record-batch.js';

/** Characters; a large exporter has about a million. */
const LONGEST = 64 * 1024 * 1024;
/** Lines looked at to tell. */
const LINES = 20;

const COMMENT = /^#(?:[^!]|$)/;
/** Name, labels, value, time, exemplar; or what tells of a name. */
const SAMPLE =
  /^[a-z_:][\w:]*(?:\{[^\n]*\})?[ \t]+[-+]?(?:\.?\d|Inf|NaN)[^\s,;]*(?:[ \t]+-?[\d.]+)?(?:[ \t]+#[ \t].*)?$/i;
const ABOUT = /^# (?:HELP|TYPE|UNIT) [a-z_:]/i;

/** What only an exposition has: a name with labels, or what tells of a name. */
const UNMISTAKABLE = /^[a-z_:][\w:]*\{[a-z_]\w*="|^# (?:HELP|TYPE) [a-z_:]/i;

/**
 * Whether text begins as an exposition does.
 *
 * @param text     the file from its beginning
 * @param isWhole  false: its last line may be cut off
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function isMetrics(text: string, isWhole: boolean): boolean {
  const first = firstLines(text, isWhole);
  return first.some(({ line }) => isTelling(line)) && first.every(({ line }) => isTelling(line) || COMMENT.test(line));
}

/**
 * Throws NOT_RECORDS at the first line that is wrong in text that can only be meant as an exposition, by its name or
 * its lines, and is none.
 */
export function refuseBrokenMetrics(text: string, isWhole: boolean, name: string): void {
  const first = firstLines(text, isWhole);
  if (!name.endsWith('.prom') && !first.some(({ line }) => UNMISTAKABLE.test(line))) return;
  const wrong = first.find(({ line }) => !isTelling(line) && !COMMENT.test(line));
  const why = wrong === undefined ? 'holds no sample of a metric' : `${quoted(wrong.line)} is no sample of a metric`;
  throw notRecords(name, why, 'save /metrics again as the engine serves it, such as with curl').at({
    line: wrong?.number,
  });
}

function firstLines(text: string, isWhole: boolean): readonly { readonly line: string; readonly number: number }[] {
  const lines = text.split('\n');
  if (!isWhole) lines.pop();
  return lines
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .slice(0, LINES);
}

const isTelling = (line: string): boolean => SAMPLE.test(line) || ABOUT.test(line);

/** @throws INPUT_TOO_LARGE */
export async function* readMetrics(chunks: AsyncIterable<string>, name: string): AsyncGenerator<RecordBatch> {
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > LONGEST) throw inputTooLarge(name, 'one snapshot of metrics', `${LONGEST / 2 ** 20} MiB`);
  }
  const value = parts.join('');
  if (value.trim() !== '') yield [{ line: 1, value }];
}

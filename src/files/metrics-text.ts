/** Prometheus text exposition, and OpenMetrics, as one record: the whole text. */

import { inputTooLarge } from '../errors/models.js';
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

/**
 * Whether text begins as an exposition does.
 *
 * @param text     the file from its beginning
 * @param isWhole  false: its last line may be cut off
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function isMetrics(text: string, isWhole: boolean): boolean {
  const lines = text.split('\n');
  if (!isWhole) lines.pop();
  const first = lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, LINES);
  const isTelling = (line: string): boolean => SAMPLE.test(line) || ABOUT.test(line);
  return first.some(isTelling) && first.every((line) => isTelling(line) || COMMENT.test(line));
}

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

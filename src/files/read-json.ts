/** JSON as records: one a line, the elements of an array, or documents over many lines. */

import { inputTooLarge } from '../errors/models.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { badRecord } from '../errors/usage-records.js';
import type { RawRecord } from '../usage/source.js';
import { type JsonText, JsonValues, LONGEST_DOCUMENT } from './json-values.js';
import { isUnfinishedJson, parseJsonLine } from './parse-json-line.js';
import { type Line, LONGEST_RECORD, readLines } from './read-lines.js';
import type { BadRecord, RecordBatch } from './record-batch.js';

/**
 * Reads JSON in whichever of its forms the text begins.
 *
 * @param onEnd  told the number of the last line of JSON lines; of no other form
 * @throws INPUT_TOO_LARGE when one document is longer than 256 MiB
 */
export async function* readJson(
  chunks: AsyncIterable<string>,
  name: string,
  onEnd?: (line: number) => void,
): AsyncGenerator<RecordBatch> {
  let held = '';
  let values: JsonValues | null = null;
  const all = chunks[Symbol.asyncIterator]();
  try {
    for (let isEnd = false; values === null; ) {
      const next = await all.next();
      isEnd = next.done === true;
      if (!isEnd) held += next.value;
      const form = formOf(held, isEnd);
      if (form === 'lines') return yield* readJsonLines(joined(held, all), 1, onEnd);
      if (form === 'values') values = new JsonValues();
    }
    for await (const chunk of joined(held, all)) {
      held = '';
      const batch = values.push(chunk).map((value) => recordIn(value, name));
      if (batch.length > 0) yield batch;
    }
    const last = values.end().map((value) => recordIn(value, name));
    if (last.length > 0) yield last;
  } finally {
    await all.return?.(undefined);
  }
}

async function* joined(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/**
 * `lines` or `values`; `null`: more text is needed. Lines, unless the text is an array, or its first line does not close
 * what it opens. A first line that is cut off is still a line: after what is no opening bracket, comma or colon no
 * valid JSON goes on with a brace.
 */
function formOf(text: string, isWhole: boolean): 'lines' | 'values' | null {
  const start = text.search(/\S/);
  if (start === -1) return isWhole ? 'lines' : null;
  if (text[start] === '[') return 'values';
  if (text[start] !== '{') return 'lines';
  const end = text.indexOf('\n', start);
  if (end === -1) return isWhole ? 'lines' : text.length - start > LONGEST_RECORD ? 'values' : null;
  const line = text.slice(start, end).trimEnd();
  if (!isUnfinishedJson(line)) return 'lines';
  if ('{[,:'.includes(line.at(-1)!)) return 'values';
  const next = /\S/.exec(text.slice(end))?.[0];
  return next === undefined ? (isWhole ? 'lines' : null) : next === '{' ? 'lines' : 'values';
}

/** JSON lines, of which the first has a number; `onEnd` is told that of the last. */
export async function* readJsonLines(
  chunks: AsyncIterable<string>,
  first: number,
  onEnd?: (line: number) => void,
): AsyncGenerator<RecordBatch> {
  for await (const lines of readLines(chunks, first, onEnd)) yield lines.map(lineOf);
}

function lineOf({ line, text }: Line): RawRecord | BadRecord {
  if (text === null) return { line, error: badRecord('line is longer than 16 MiB', 'write one JSON object per line') };
  return parsed(line, text);
}

function recordIn({ line, text, kind, problem }: JsonText, name: string): RawRecord | BadRecord {
  if (text !== null) return parsed(line, text);
  if (kind === 'document') throw inputTooLarge(name, 'one JSON document', `${LONGEST_DOCUMENT / 2 ** 20} MiB`);
  return { line, error: badRecord(problem!, 'export it again, or mend it as JSON lines: one object per line') };
}

function parsed(line: number, text: string): RawRecord | BadRecord {
  try {
    return { line, value: parseJsonLine(text) };
  } catch (cause) {
    if (!(cause instanceof TokenhubError)) throw cause;
    return { line, error: cause };
  }
}

/** Usage files of the tests, read whole. */

import { join } from 'node:path';
import { type OpenOptions, openRecords } from '../../src/files/records.js';
import { folderWith } from './folder.js';

export const fileWith = (content: string | Uint8Array): string => join(folderWith({ file: content }), 'file');

/** `[line, value]` of every record, `[line, message]` of every broken one. */
export async function recordsOf(path: string, options: OpenOptions): Promise<[number, unknown][]> {
  const all: [number, unknown][] = [];
  for await (const batch of openRecords(path, options)) {
    for (const record of batch) all.push([record.line, 'error' in record ? record.error.message : record.value]);
  }
  return all;
}

export const csv = (content: string | Uint8Array) => recordsOf(fileWith(content), { kind: 'table' });
export const jsonl = (content: string | Uint8Array) => recordsOf(fileWith(content), { kind: 'json' });

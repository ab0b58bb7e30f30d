import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Sample } from '../../src/usage/source.js';
import { SOURCES } from '../../src/usage/sources/all.js';

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/', import.meta.url));

/** Rows of a shared CSV sample by header name; `null` where the samples are absent. */
export function sampleRows(name: string): Record<string, string>[] | null {
  const path = `${SAMPLES}${name}`;
  return existsSync(path) ? parse(readFileSync(path), { columns: true, bom: true }) : null;
}

/** A shared sample that is one JSON document; `null` where the samples are absent. */
export function sampleDocument(name: string): unknown {
  const path = `${SAMPLES}${name}`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** The columns of a table, as detection is shown them. */
export const columnsOf = (rows: readonly object[]): Sample => ({ columns: Object.keys(rows[0]!) });

/** Names of all sources that take a file for theirs. */
export const recognisers = (sample: Sample): string[] =>
  SOURCES.filter((source) => source.recognises(sample)).map(({ name }) => name);

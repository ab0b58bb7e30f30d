/** Files of usage: our own fixtures, and the shared samples, which may be absent. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Sample } from '../../src/usage/source.js';

export type CsvRow = Record<string, string>;

const FIXTURES = fileURLToPath(new URL('../../fixtures/usage/', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../../shared/samples/', import.meta.url));

export const fixtureText = (name: string): string => readFileSync(`${FIXTURES}${name}`, 'utf8');

/** One JSON value per line of a fixture. */
export const jsonLines = (name: string): unknown[] => linesOf(fixtureText(name));

/** A fixture that is one JSON document. */
export const jsonDocument = (name: string): unknown => JSON.parse(fixtureText(name));

/** Rows of a CSV fixture by header name. */
export const csvRows = (name: string, delimiter = ','): CsvRow[] => rowsOf(fixtureText(name), delimiter);

/** Columns of a table, as detection is shown them. */
export const columnsOf = (rows: readonly object[]): Sample => ({ columns: Object.keys(rows[0]!) });

/** Names of the shared samples in a folder; none where the samples are absent. */
export function sampleNames(folder: string): string[] {
  const path = samplePath(folder);
  return existsSync(path) ? readdirSync(path).map((file) => `${folder}/${file}`) : [];
}

export const samplePath = (name: string): string => `${SAMPLES}${name}`;

/** Every one of these is `null` where the samples are absent. */
export function sampleText(name: string): string | null {
  const path = samplePath(name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

export const sampleRows = (name: string): CsvRow[] | null => fromSample(name, rowsOf);
export const sampleLines = (name: string): unknown[] | null => fromSample(name, linesOf);
export const sampleDocument = (name: string): unknown => fromSample(name, (text) => JSON.parse(text));

function fromSample<Made>(name: string, make: (text: string) => Made): Made | null {
  const text = sampleText(name);
  return text === null ? null : make(text);
}

const rowsOf = (text: string, delimiter = ','): CsvRow[] =>
  parse(text, { columns: true, bom: true, relax_column_count: true, delimiter });

const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));

/** The inputs of the bench, written to files of the scratch folder: made here, the same in every run, never committed. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADVERSARIAL } from './adversarial.js';
import { collectCode } from './code.js';
import { generateData } from './log-and-json.js';
import { generateMultiScript } from './multi-script.js';
import { generateProse } from './prose.js';
import { root } from './root.js';

export const MEGABYTE = 1_000_000;

/** Slow counters get this share of a corpus. */
const SLICE = 1 / 16;

/** The folder of real texts beside tokenhub's own, or null. */
export function corporaNearby() {
  const folder = join(root, '..', 'shared', 'corpora');
  return existsSync(folder) ? folder : null;
}

/** `file`: its name in a folder of corpora. Without one the text is made, and `made` says of what. */
const CORPORA = [
  { name: 'prose', file: 'prose.txt', make: generateProse, made: 'a chain of words over READMEs and licences' },
  { name: 'code', file: null, make: collectCode, made: 'JavaScript and TypeScript of installed packages' },
  {
    name: 'multi-script',
    file: 'multi-script.txt',
    make: generateMultiScript,
    made: 'dates and names of countries, languages and currencies in 35 languages, from Node',
  },
  { name: 'data', file: 'data.txt', make: generateData, made: 'made-up log lines and JSON records' },
];

/**
 * Prose, code, multi-script and data.
 * @param folder  of real texts, or null; a text that is not there is made
 * @returns       `{ name, path, bytes, slice, from }`; `slice` is the same of a smaller part, `from` says what it is
 */
export function corpora(scratch, { folder, megabytes }) {
  return CORPORA.map(({ name, file, make, made }) => {
    const bytes = megabytes * MEGABYTE;
    const real = folder !== null && file !== null && existsSync(join(folder, file));
    const text = real ? beginning(readFileSync(join(folder, file), 'utf8'), bytes) : make(bytes);
    const slice = { ...written(scratch, `${name}-slice`, beginning(text, bytes * SLICE)), slice: null };
    return { name, ...written(scratch, name, text), slice, from: real ? `corpora/${file}` : made };
  });
}

/** Every hard text at one size, and blanks at a quarter of it, where the reference lives a little longer. */
export function hardInputs(scratch, { megabytes }) {
  const bytes = megabytes * MEGABYTE;
  const all = ADVERSARIAL.map(({ name, make }) => ({ name, ...written(scratch, name, make(bytes)), slice: null }));
  const { make } = ADVERSARIAL.find(({ name }) => name === 'blanks');
  const name = 'blanks, a quarter';
  return [...all, { name, ...written(scratch, name, make(bytes / 4)), slice: null }];
}

export function written(scratch, name, text) {
  const path = join(scratch, `${name}.txt`);
  writeFileSync(path, text);
  return { path, bytes: Buffer.byteLength(text) };
}

/** About the first bytes of a text: as many characters as it has in that share of its bytes. */
function beginning(text, bytes) {
  const share = Math.min(1, bytes / Buffer.byteLength(text));
  return text.slice(0, Math.floor(text.length * share)).toWellFormed();
}

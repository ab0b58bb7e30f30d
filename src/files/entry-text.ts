/** Small files of the user's that hold a list of entries: prices, rates. */

import { readFile, stat } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import type { EntryFile } from './entry-fields.js';
import { isDeepYaml } from './yaml-text.js';

/** Bytes; room for ten thousand prices. */
export const LARGEST_ENTRY_FILE = 4 * 1024 * 1024;

/** What messages call the file and where it is named: `the path under prices`. */
export interface EntryTextFacts extends Pick<EntryFile, 'bad'> {
  readonly noun: string;
  readonly where: string;
}

export type ReadEntryText = (file: string, facts: EntryTextFacts) => Promise<string>;

/** @throws the error of `bad` when it is no file, is larger than 4 MB or cannot be read */
export async function readEntryText(file: string, { bad, noun, where }: EntryTextFacts): Promise<string> {
  try {
    const status = await stat(file);
    if (status.isFile() && status.size <= LARGEST_ENTRY_FILE) return await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/,.*/s, '') : String(cause);
    throw bad({ file }, `cannot be read: ${why}`, `check ${where}`, cause);
  }
  throw bad({ file }, 'is no file, or larger than 4 MB', `a ${noun} file is a short list of ${noun}s`);
}

export interface ParsedEntries {
  /** Node of the document; `null`: it is empty. */
  readonly contents: unknown;
  readonly lineOf: EntryFile['lineOf'];
}

/** Parses YAML, or JSON, which is YAML. Throws the error of `bad` at file and line. */
export function parseEntries(text: string, file: string, bad: EntryFile['bad']): ParsedEntries {
  if (isDeepYaml(text)) throw bad({ file }, 'is nested too deeply', 'such a file is a flat list');
  const lines = new LineCounter();
  // Keys that stand twice are found by `Fields`, in linear time.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  if (error === undefined) return { contents: document.contents, lineOf };
  throw bad(
    { file, line: lineOf(error.pos[0]) },
    printable(error.message),
    'mend the YAML; fields are indented with blanks',
    error,
  );
}

const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');

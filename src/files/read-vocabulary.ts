/** Reads a vocabulary file of the user's, and says what a file is that is none. */

import { fileUnreadable } from '../errors/files.js';
import { badEncodingFile } from '../errors/models.js';
import { claudeDefinition } from '../tokenizer/claude-definition.js';
import type { EncodingDefinition } from '../tokenizer/definition.js';
import { readTokenizerJson } from '../tokenizer/hugging-face.js';
import type { ChosenPattern } from '../tokenizer/pattern-choice.js';
import { tiktokenDefinition } from '../tokenizer/tiktoken-definition.js';
import { readTiktokenLines } from '../tokenizer/tiktoken-file.js';
import { readTextFile } from './read-text.js';

/** Bytes; the largest vocabularies known take half of it. */
const LARGEST = 64 * 1024 * 1024;

const DOWNLOAD = 'name the tokenizer.json or .tiktoken file of the model, downloaded whole';

export interface VocabularyFile {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  /** Hex. */
  readonly sha256: string;
}

/**
 * @param path  absolute
 * @throws FILE_UNREADABLE, BAD_ENCODING_FILE without a place
 */
export function readVocabularyFile(path: string, shown: string): VocabularyFile {
  const read = readTextFile(path);
  if ('skipped' in read && read.skipped === 'binary') throw notText();
  if ('skipped' in read) throw fileUnreadable(shown, read.skipped);
  if (read.note !== null) throw notText();
  const { utf8: bytes } = read;
  if (bytes.length > LARGEST) throw badEncodingFile('is too large to be a vocabulary', DOWNLOAD);
  return { bytes, sha256: sha256Of(bytes) };
}

/** node:crypto takes 3 ms to load, which a count without a vocabulary file need not wait for. */
const sha256Of = (bytes: Uint8Array): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex');

const notText = () =>
  badEncodingFile(
    'is binary: a SentencePiece model or a GGUF file, say, which holds another kind of vocabulary or holds it otherwise',
    'name the tokenizer.json of the same model, if it has one; tokenhub reads byte-level BPE',
  );

/**
 * The encoding that a vocabulary file defines, by what the file begins with.
 * @throws BAD_ENCODING_FILE
 */
export function definitionOf({ bytes, sha256 }: VocabularyFile, asked: ChosenPattern): EncodingDefinition {
  const text = new TextDecoder('utf-8').decode(bytes);
  const start = text.slice(0, 200).trimStart();
  if (start === '') throw badEncodingFile('is empty', DOWNLOAD);
  if (start.startsWith('version https://git-lfs'))
    throw badEncodingFile('is a pointer of Git LFS, not the file itself', 'run: git lfs pull');
  if (start.startsWith('<')) throw badEncodingFile('is a web page, not a vocabulary', DOWNLOAD);
  if (!start.startsWith('{')) return tiktokenDefinition(readTiktokenLines(text), sha256, asked);
  return jsonDefinition(parsed(text), asked);
}

function jsonDefinition(json: unknown, asked: ChosenPattern): EncodingDefinition {
  const isClaude = typeof json === 'object' && json !== null && 'bpe_ranks' in json;
  return isClaude ? claudeDefinition(json) : readTokenizerJson(json, asked);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badEncodingFile('is no whole JSON', DOWNLOAD, cause);
  }
}

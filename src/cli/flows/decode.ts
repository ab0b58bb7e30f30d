import { inputTooLarge } from '../../errors/models.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { piecesSheet } from '../../render/pieces-sheet.js';
import type { Encoding } from '../../tokenizer/encoding.js';
import { parseTokenIds } from '../../tokenizer/token-ids.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { readStandardInput, STANDARD_INPUT } from './asked-paths.js';
import type { CounterFacts, CounterOptions } from './counters.js';
import { envelope } from './envelope.js';
import { encodingFacts, oneEncoding, refuseOverwritingVocabulary } from './one-encoding.js';
import { pieceRows } from './piece-rows.js';

export interface DecodeOptions extends OutputOptions, CounterOptions {
  readonly pieces?: boolean;
}

/** Decodes ids and prints their text as it is, or what each stands for. `words` empty: standard input. */
export async function decodeFlow(io: Io, words: readonly string[], options: DecodeOptions): Promise<ExitCode> {
  outputTargets(io, options);
  refuseOverwritingVocabulary(io, options);
  const { encoding, shown } = oneEncoding(io, options);
  const ids = parseTokenIds(words.length > 0 ? Buffer.from(words.join(' ')) : await pipedIds(io));
  const isPlain = !options.pieces && !options.json && options.format === undefined && options.output === undefined;
  if (isPlain) for (const bytes of blocksOf(encoding, ids)) io.out(bytes);
  else await presentText(io, options, { encoding, shown, ids });
  return ExitCode.ok;
}

/** MiB of ids; their text may be some twenty times as long. */
const LARGEST = 64;

async function pipedIds(io: Io): Promise<Buffer> {
  const bytes = await readStandardInput(io, LARGEST * 1024 * 1024);
  if (bytes.length > LARGEST * 1024 * 1024) throw inputTooLarge(STANDARD_INPUT, 'ids at once', `${LARGEST} MiB`);
  return bytes;
}

/** Ids whose pieces are shown. */
const LARGEST_TABLE = 1_000_000;

/** Ids decoded at a time. */
const AT_ONCE = 1 << 14;

function* blocksOf(encoding: Encoding, ids: Uint32Array): Generator<Uint8Array> {
  for (const id of new Set(ids)) encoding.decode([id]); // nothing is written when one of them is unknown
  for (let at = 0; at < ids.length; at += AT_ONCE) yield encoding.decode(ids.subarray(at, at + AT_ONCE));
}

interface Decoded {
  readonly encoding: Encoding;
  readonly shown: CounterFacts;
  readonly ids: Uint32Array;
}

function presentText(io: Io, options: DecodeOptions, { encoding, shown, ids }: Decoded): Promise<void> {
  if (ids.length > LARGEST_TABLE) throw inputTooLarge(STANDARD_INPUT, 'pieces', '1,000,000 ids');
  const text = Buffer.concat([...blocksOf(encoding, ids)]).toString();
  const rows = pieceRows(
    encoding,
    Array.from(ids, (id) => ({ bytes: encoding.decode([id]), ids: [id] })),
  );
  const pieces = options.pieces ? { pieces: rows } : {};
  return present(io, options, {
    body: () => envelope('decode', { ...encodingFacts(shown), tokens: ids.length, text, ...pieces }),
    rows: () => rows,
    sheet: () => piecesSheet(rows, shown.encoding ?? ''),
  });
}

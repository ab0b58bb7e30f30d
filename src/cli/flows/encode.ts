import { fileUnreadable } from '../../errors/files.js';
import { inputTooLarge } from '../../errors/models.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { renderJson } from '../../render/json.js';
import { piecesSheet } from '../../render/pieces-sheet.js';
import { idsOf, type Piece, piecesOf } from '../../tokenizer/pieces.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { askedPaths } from './asked-paths.js';
import { type InputOptions, inputsOf } from './count-inputs.js';
import { warnOf } from './count-outcome.js';
import type { CounterOptions } from './counters.js';
import { envelope } from './envelope.js';
import { type InputText, inputTexts } from './input-texts.js';
import { encodingFacts, oneEncoding } from './one-encoding.js';
import { pieceRows } from './piece-rows.js';

export interface EncodeOptions extends InputOptions, CounterOptions {
  readonly pieces?: boolean;
  readonly special?: boolean;
}

/** Encodes one text and prints its ids, or its pieces. `file` undefined: standard input. */
export async function encodeFlow(io: Io, file: string | undefined, options: EncodeOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const { encoding, shown } = oneEncoding(io, options);
  const input = await oneText(io, file, options);
  const special = options.special ? 'tokens' : 'ordinary';
  const isAlone = !options.pieces && options.output === undefined;
  if (isAlone && !options.json && options.format === undefined) printIds(io, idsOf(encoding, input.utf8, special));
  else if (isAlone && (options.json || options.format === 'json')) {
    refuseLarge(input, LARGEST_LIST, 'a list of ids');
    const ids = Array.from(idsOf(encoding, input.utf8, special));
    io.out(renderJson(envelope('encode', { ...encodingFacts(shown), tokens: ids.length, ids })));
  } else {
    refuseLarge(input, LARGEST_TABLE, 'pieces');
    const pieces = piecesOf(encoding, input.utf8, special);
    await presentPieces(io, options, { ...encodingFacts(shown), pieces, rows: pieceRows(encoding, pieces) });
  }
  return ExitCode.ok;
}

/** MiB of text whose ids are listed in JSON, and whose pieces are shown; ids alone are printed as they come. */
const LARGEST_LIST = 16;
const LARGEST_TABLE = 2;

function refuseLarge({ path, utf8 }: InputText, most: number, what: string): void {
  if (utf8.length > most * 1024 * 1024) throw inputTooLarge(path, what, `${most} MiB`);
}

async function oneText(io: Io, file: string | undefined, options: EncodeOptions): Promise<InputText> {
  const inputs = await inputsOf(io, await askedPaths(io, file === undefined ? [] : [file], undefined), options);
  const [item, second] = inputTexts(inputs);
  if (second !== undefined) throw fileUnreadable(file!, 'it is more than one file, and ids are of one text');
  if (item === undefined || 'reason' in item)
    throw fileUnreadable(file ?? 'standard input', item?.reason ?? 'there is no file in it');
  warnOf(io, { counted: [item], skipped: [] });
  return item;
}

/** Ids written at a time: their text must not outgrow a string. */
const AT_ONCE = 1 << 16;

/** All ids on one line. */
function printIds(io: Io, ids: Iterable<number>): void {
  let group: number[] = [];
  let lead = '';
  for (const id of ids) {
    group.push(id);
    if (group.length === AT_ONCE) {
      io.out(lead + group.join(' '));
      [group, lead] = [[], ' '];
    }
  }
  io.out(`${group.length > 0 ? lead : ''}${group.join(' ')}\n`);
}

interface Encoded extends ReturnType<typeof encodingFacts> {
  readonly pieces: readonly Piece[];
  readonly rows: ReturnType<typeof pieceRows>;
}

function presentPieces(io: Io, options: EncodeOptions, { pieces, rows, ...facts }: Encoded): Promise<void> {
  const ids = pieces.flatMap((piece) => piece.ids);
  return present(io, options, {
    body: () => envelope('encode', { ...facts, tokens: ids.length, ids, ...(options.pieces ? { pieces: rows } : {}) }),
    rows: () => rows,
    sheet: () => piecesSheet(rows, facts.encoding ?? ''),
  });
}

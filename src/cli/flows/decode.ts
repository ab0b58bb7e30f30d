import { badTokenId, ExitCode } from '../../errors.js';
import { LARGEST_TEXT } from '../../files/read-text.js';
import { piecesSheet } from '../../render/pieces-sheet.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { readStandardInput } from './asked-paths.js';
import type { CounterOptions } from './counters.js';
import { envelope } from './envelope.js';
import { encodingFacts, oneEncoding } from './one-encoding.js';
import { pieceRows } from './piece-rows.js';

export interface DecodeOptions extends OutputOptions, CounterOptions {
  readonly pieces?: boolean;
}

/** Decodes ids and prints their text as it is, or what each stands for. `words` empty: standard input. */
export async function decodeFlow(io: Io, words: readonly string[], options: DecodeOptions): Promise<ExitCode> {
  outputTargets(options);
  const { encoding, shown } = oneEncoding(io, options);
  const ids = idsIn(words.length > 0 ? words.join(' ') : (await readStandardInput(io, LARGEST_TEXT)).toString());
  const bytes = encoding.decode(ids);
  const isPlain = !options.pieces && !options.json && options.format === undefined && options.output === undefined;
  if (isPlain) io.out(bytes);
  else {
    const rows = pieceRows(
      encoding,
      ids.map((id) => ({ bytes: encoding.decode([id]), ids: [id] })),
    );
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    await present(io, options, {
      body: () =>
        envelope('decode', {
          ...encodingFacts(shown),
          tokens: ids.length,
          text,
          ...(options.pieces ? { pieces: rows } : {}),
        }),
      rows: () => rows,
      sheet: () => piecesSheet(rows, shown.encoding ?? ''),
    });
  }
  return ExitCode.ok;
}

/** Whole numbers between blanks, commas, line ends or the brackets of a JSON array. @throws BAD_TOKEN_ID */
function idsIn(text: string): number[] {
  const words = text.replace(/^\s*\[|\]\s*$/g, '').split(/[\s,]+/);
  return words
    .filter((word) => word !== '')
    .map((word) => {
      const id = Number(word);
      if (!/^\d+$/.test(word) || id > 0xffffffff) throw badTokenId(word);
      return id;
    });
}

import { resolve } from 'node:path';
import { badOption } from '../../errors/command-line.js';
import { approximateModel } from '../../errors/models.js';
import { encodingTitle } from '../../files/encoding-ref.js';
import { loadEncoding } from '../../files/encoding-store.js';
import type { Encoding } from '../../tokenizer/encoding.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputFiles, refuseOverwriting } from '../output.js';
import { type CounterFacts, type CounterOptions, counterFacts, countersOf } from './counters.js';

/** The one encoding that ids are of. @throws BAD_OPTION for several, APPROXIMATE_MODEL for a model whose ids are not known */
export function oneEncoding(io: Io, options: CounterOptions): { encoding: Encoding; shown: CounterFacts } {
  const [counter, second] = countersOf(options, io.cwd);
  if (second !== undefined)
    throw badOption(
      second.model !== null ? '--model' : typeof second.encoding === 'string' ? '--encoding' : '--encoding-file',
      second.model ?? encodingTitle(second.encoding),
      'is one too many: ids are of one encoding',
      'name one model or one encoding',
    );
  if (counter!.method === 'approximate') throw approximateModel(counter!.model!);
  return { encoding: loadEncoding(counter!.encoding, io), shown: counterFacts(counter!) };
}

/** The head of the JSON bodies of `encode` and `decode`. */
export const encodingFacts = ({ model, encoding, isDefault }: CounterFacts) => ({
  model,
  encoding,
  default: isDefault,
});

/** An output must not replace the vocabulary it is made with. @throws WOULD_OVERWRITE */
export const refuseOverwritingVocabulary = (io: Io, options: CounterOptions & OutputOptions): void =>
  refuseOverwriting(
    io,
    outputFiles(io, options),
    (options.encodingFile ?? []).map((file) => resolve(io.cwd, file)),
  );

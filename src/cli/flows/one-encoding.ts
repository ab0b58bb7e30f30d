import { approximateModel, badOption } from '../../errors.js';
import { loadEncoding } from '../../files/encoding-store.js';
import type { Encoding } from '../../tokenizer/encoding.js';
import type { Io } from '../io.js';
import { type CountedWith, type CounterOptions, countedWith, countersOf } from './counters.js';

/** The one encoding that ids are of. @throws BAD_OPTION for several, APPROXIMATE_MODEL for a model whose ids are not known */
export function oneEncoding(io: Io, options: CounterOptions): { encoding: Encoding; shown: CountedWith } {
  const [counter, second] = countersOf(options, io.cwd);
  if (second !== undefined)
    throw badOption(
      second.model === null ? '--encoding' : '--model',
      second.model ?? second.encoding,
      'is one too many: ids are of one encoding',
      'name one model or one encoding',
    );
  if (counter!.method === 'approximate') throw approximateModel(counter!.model!);
  return { encoding: loadEncoding(counter!.encoding, io), shown: countedWith(counter!) };
}

/** The head of the JSON bodies of `encode` and `decode`. */
export const encodingFacts = ({ model, encoding, isDefault }: CountedWith) => ({ model, encoding, default: isDefault });

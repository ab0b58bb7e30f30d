/** `count --via-api`: the provider counts, so the texts go to it. Nothing is printed before every answer is there. */

import { badOption } from '../../errors/command-line.js';
import { apiNeedsModel, noCountingEndpoint } from '../../errors/counting-api.js';
import { type ExitCode, TokenhubError } from '../../errors/tokenhub-error.js';
import { accessTo } from '../../files/api-access.js';
import { countViaApi } from '../../files/count-via-api.js';
import type { ApiModel } from '../../files/judge-api-answer.js';
import { mapConcurrently } from '../../files/map-concurrently.js';
import { counted } from '../../render/counted.js';
import { endpointNames, type ServedModel, servedModel } from '../../tokenizer/counting-endpoints/all.js';
import type { Io } from '../io.js';
import { outputTargets } from '../output.js';
import { progressOn } from '../progress.js';
import { warn } from '../say.js';
import { askedPaths } from './asked-paths.js';
import { type CountOptions, presentLines } from './count.js';
import { inputsOf } from './count-inputs.js';
import { type CountLine, wholeLine } from './count-lines.js';
import type { CounterFacts } from './counters.js';
import type { InputText } from './input-texts.js';
import { readTextsToSend } from './texts-to-send.js';

/** Requests under way at a time. */
const WIDTH = 4;

/** Counts through the providers of the models and prints. `paths` empty: standard input. */
export async function countViaApiFlow(io: Io, paths: readonly string[], options: CountOptions): Promise<ExitCode> {
  outputTargets(io, options);
  if (options.by === 'section')
    throw badOption(
      '--by',
      'section',
      'is not for --via-api: sections would each be sent',
      'count them here, or use --by file',
    );
  const models = apiModelsOf(options, io.env);
  const endpoints = models.map(({ endpoint }) => endpoint);
  const inputs = await inputsOf(io, await askedPaths(io, paths, options.filesFrom), options);
  const { texts, skipped } = readTextsToSend(inputs, endpoints);
  announce(io, models, texts);
  const files = await linesOf(io, models, texts);
  return presentLines(io, options, {
    counters: models.map(counterFacts),
    files,
    sections: () => files,
    counted: texts,
    skipped,
  });
}

/** Every model has an endpoint, and every endpoint a key, before a file is read. */
function apiModelsOf({ model: names = [] }: CountOptions, env: Io['env']): ApiModel[] {
  if (names.length === 0) throw apiNeedsModel(endpointNames);
  return names.map(served).map((model) => ({ ...model, access: accessTo(model.endpoint, env) }));
}

function served(name: string): ServedModel {
  const model = servedModel(name);
  if (model === null) throw noCountingEndpoint(name, endpointNames);
  return model;
}

/** Says, before it happens, what leaves this machine and for where. */
function announce(io: Io, models: readonly ApiModel[], texts: readonly InputText[]): void {
  const sent = texts.filter(isSent);
  if (sent.length === 0) return;
  const bytes = sent.reduce((sum, { utf8 }) => sum + utf8.length, 0);
  const what = `${counted(BigInt(sent.length), 'file')}, ${counted(BigInt(bytes), 'byte')} of text`;
  for (const origin of new Set(models.map(({ access }) => access.origin)))
    warn(io, `--via-api sends ${what}, to ${origin}${origin.startsWith('http:') ? ', unencrypted' : ''}`);
}

/** The provider refuses an empty message, and its 0 is known without asking. */
const isSent = ({ utf8 }: InputText): boolean => utf8.length > 0;

/** A line per text. */
async function linesOf(io: Io, models: readonly ApiModel[], texts: readonly InputText[]): Promise<CountLine[]> {
  const requests = texts.flatMap((text) => models.map((model) => ({ model, text })));
  const progress = progressOn(io);
  let done = 0;
  try {
    const tokens = await mapConcurrently(requests, WIDTH, async ({ model, text }, stop): Promise<number> => {
      const count = isSent(text) ? await tokensOf(model, text, stop) : 0;
      done++;
      progress.show(() => `${done} of ${counted(BigInt(requests.length), 'request')}`);
      return count;
    });
    return texts.map(({ path, bytes }, i) =>
      wholeLine(path, 'file', { bytes, tokens: tokens.slice(i * models.length, (i + 1) * models.length) }),
    );
  } finally {
    progress.clear();
  }
}

async function tokensOf(model: ApiModel, { path, utf8 }: InputText, stop: AbortSignal): Promise<number> {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8);
  try {
    return await countViaApi(model, model.endpoint.messagesOf(text), stop);
  } catch (error) {
    throw error instanceof TokenhubError ? error.at({ file: path }) : error;
  }
}

/** Approximate: the wrapper of a message is counted with each file, and no provider states how far its count may be off. */
const counterFacts = ({ model, endpoint }: ApiModel): CounterFacts => ({
  model,
  isDefault: false,
  encoding: null,
  method: 'approximate',
  band: null,
  exactWith: null,
  source: `counted by ${endpoint.provider}'s ${endpoint.name}, one user message per file, its wrapper included; approximate, band not stated`,
});

/** `count --via-api`: the provider counts, so the texts go to it. Nothing is printed before every answer is there. */

import { apiNeedsModel, ExitCode, noCountingEndpoint, TokenhubError } from '../../errors.js';
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
import { type CountOptions, countOf, presentCounts, printTotals, shownPaths, type Text } from './count.js';
import type { CountRow } from './count-rows.js';
import type { CountedWith } from './counters.js';
import { readTextsToSend } from './texts-to-send.js';

/** Requests under way at a time. */
const WIDTH = 4;

/** Counts through the providers of the models and prints. `paths` empty: standard input. */
export async function countViaApiFlow(io: Io, paths: readonly string[], options: CountOptions): Promise<ExitCode> {
  outputTargets(options);
  const models = apiModelsOf(options, io.env);
  const endpoints = models.map(({ endpoint }) => endpoint);
  const { texts, skipped, notes } = await readTextsToSend(io, paths, options, endpoints);
  for (const { path, note } of notes) warn(io, `${path}: ${note}`);
  for (const { path, reason } of skipped) warn(io, `${path}: skipped, ${reason}`);
  announce(io, models, texts);
  const tallies = await talliesOf(io, models, texts);
  const shown = shownPaths(tallies[0]!, options);
  const counts = models.map((model, i) => countOf(countedWith(model), tallies[i]!, options.by, shown));
  if (options.totalOnly) printTotals(io, counts);
  else
    await presentCounts(io, options, { counts, skipped: skipped.map(({ path, reason }) => ({ path, reason })), notes });
  return skipped.some(({ isNamed }) => isNamed) ? ExitCode.userError : ExitCode.ok;
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
function announce(io: Io, models: readonly ApiModel[], texts: readonly Text[]): void {
  const sent = texts.filter(isSent);
  if (sent.length === 0) return;
  const bytes = sent.reduce((sum, { utf8 }) => sum + utf8.length, 0);
  const what = `${counted(BigInt(sent.length), 'file')}, ${counted(BigInt(bytes), 'byte')} of text`;
  for (const origin of new Set(models.map(({ access }) => access.origin)))
    warn(io, `--via-api sends ${what}, to ${origin}${origin.startsWith('http:') ? ', unencrypted' : ''}`);
}

/** The provider refuses an empty message, and its 0 is known without asking. */
const isSent = ({ utf8 }: Text): boolean => utf8.length > 0;

/** Rows per model; each in the order of the texts. */
async function talliesOf(io: Io, models: readonly ApiModel[], texts: readonly Text[]): Promise<CountRow[][]> {
  const requests = models.flatMap((model) => texts.map((text) => ({ model, text })));
  const progress = progressOn(io);
  let done = 0;
  try {
    const rows = await mapConcurrently(requests, WIDTH, async ({ model, text }, stop): Promise<CountRow> => {
      const tokens = isSent(text) ? await tokensOf(model, text, stop) : 0;
      done++;
      progress.show(() => `${done} of ${counted(BigInt(requests.length), 'request')}`);
      return { path: text.path, tokens, bytes: text.bytes };
    });
    return models.map((_, i) => rows.slice(i * texts.length, (i + 1) * texts.length));
  } finally {
    progress.clear();
  }
}

async function tokensOf(model: ApiModel, { path, utf8 }: Text, stop: AbortSignal): Promise<number> {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8);
  try {
    return await countViaApi(model, model.endpoint.messagesOf(text), stop);
  } catch (error) {
    throw error instanceof TokenhubError ? error.at({ file: path }) : error;
  }
}

/** Approximate: the wrapper of a message is counted with each file, and no provider states how far its count may be off. */
const countedWith = ({ model, endpoint }: ApiModel): CountedWith => ({
  model,
  isDefault: false,
  encoding: null,
  method: 'approximate',
  band: null,
  source: `counted by ${endpoint.provider}'s ${endpoint.name}, one user message per file, its wrapper included; approximate, band not stated`,
});

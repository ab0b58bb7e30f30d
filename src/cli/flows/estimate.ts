import { badOption } from '../../errors/command-line.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { asInstalled } from '../../files/data-package.js';
import { type CallPlan, exceedsInput } from '../../pricing/call-plan.js';
import { cheapestFirst, estimateCall, type InputCount } from '../../pricing/estimate.js';
import { type EstimatedModel, type EstimateQuery, estimateBody } from '../../render/estimate-body.js';
import { estimateSheet } from '../../render/estimate-sheet.js';
import { instantOf } from '../../report/period.js';
import { type ModelEncoding, resolveModel } from '../../tokenizer/models.js';
import { providerOf } from '../../usage/providers.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { envelope } from './envelope.js';
import { countCallInput, inputCountOf } from './estimate-input.js';
import { ESTIMATED_MODELS } from './estimate-models.js';
import { callsOf, type EstimateOptions, modeOf, planOf } from './estimate-options.js';
import { openPriceBook } from './open-price-book.js';
import { loadSettings, type Settings } from './settings.js';
import { windowsOf } from './windows-of.js';

/** Counts, prices and prints. `paths` empty: standard input. */
export async function estimateFlow(io: Io, paths: readonly string[], options: EstimateOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const settings = await loadSettings(io, options);
  const query = queryOf(options, settings);
  const models = (options.model ?? ESTIMATED_MODELS).map((name) => asInstalled(resolveModel(name), io.cwd));
  const input = await countCallInput(io, paths, options, models);
  const inputs = models.map((model) => inputCountOf(model, input.tokens.get(model.encoding)!));
  const estimates = cheapestFirst(await estimatesOf({ models, inputs, query, now: io.now() }, settings));
  const answer = { query, input, estimates };
  await present(io, options, {
    body: () => envelope('estimate', estimateBody(answer)),
    rows: () => estimateBody(answer).estimates,
    sheet: () => estimateSheet(answer),
  });
  if (input.skipped.some(({ isNamed }) => isNamed)) return ExitCode.userError;
  return isAnswered(estimates, options) ? ExitCode.ok : ExitCode.noHonestAnswer;
}

function queryOf(options: EstimateOptions, { config, timeZone }: Settings): EstimateQuery {
  const { at: text, region = config.alibaba.region } = options;
  const at = text === undefined ? null : instantOf({ flag: '--at', text, plusDays: 0, timeZone });
  return { plan: planOf(options), calls: callsOf(options), mode: modeOf(options), at, region };
}

interface Work {
  readonly models: readonly ModelEncoding[];
  /** Input tokens of the call, one per model, however they were counted. */
  readonly inputs: readonly InputCount[];
  readonly query: EstimateQuery;
  /** Instant (ms) of prices, where the query names none. */
  readonly now: number;
}

/** One estimate per model, in the same order. */
async function estimatesOf({ models, inputs, query, now }: Work, { config }: Settings): Promise<EstimatedModel[]> {
  const { plan, mode, region } = query;
  const names = models.map(({ model }) => model);
  const providers = names.map((name) => providerOf(name, null));
  const book = await openPriceBook({ ...config, alibaba: { region } });
  await book.prepare(providers);
  const windows = await windowsOf(names, region);
  return models.map((counter, i) => {
    const [model, provider, input, window] = [names[i]!, providers[i]!, inputs[i]!, windows[i]!];
    if (exceedsInput(plan, input.tokens)) throw moreThanInput(plan, model, input.tokens);
    const answer = book.find({ model, provider, at: query.at ?? now, mode });
    return { counter, provider, input, window, ...estimateCall({ input, plan, answer, window }) };
  });
}

const moreThanInput = ({ cached }: CallPlan, model: string, input: number) =>
  badOption(
    'tokens' in cached && cached.tokens === 0 ? '--cache-write' : '--cached',
    model,
    `counts ${input} tokens of input, fewer than are cached and written`,
    'write a share, such as 80%, or fewer tokens',
  );

/** A model that was named must have a cost; of the list that stands in for names, one must. */
const isAnswered = (estimates: readonly EstimatedModel[], { model }: EstimateOptions): boolean =>
  model === undefined
    ? estimates.some(({ status }) => status === 'priced')
    : estimates.every(({ status }) => status === 'priced');

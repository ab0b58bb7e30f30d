import { badOption, ExitCode } from '../../errors.js';
import { type CallPlan, type Calls, exceedsInput } from '../../pricing/call-plan.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import { cheapestFirst, estimateCall } from '../../pricing/estimate.js';
import type { Mode } from '../../pricing/price.js';
import { type EstimatedModel, type EstimateQuery, estimateBody } from '../../render/estimate-body.js';
import { estimateSheet } from '../../render/estimate-sheet.js';
import { instantOf } from '../../report/period.js';
import type { ContextWindow } from '../../tokenizer/context-windows.js';
import { type ModelEncoding, resolveModel } from '../../tokenizer/models.js';
import { providerOf } from '../../usage/providers.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { envelope } from './envelope.js';
import { type CallInput, countCallInput, inputCountOf } from './estimate-input.js';
import { ESTIMATED_MODELS } from './estimate-models.js';
import { callsOf, type EstimateOptions, modeOf, planOf } from './estimate-options.js';
import { openPriceBook } from './open-price-book.js';
import { loadSettings, type Settings } from './settings.js';
import { windowsOf } from './windows-of.js';

/** Counts, prices and prints. `paths` empty: standard input. */
export async function estimateFlow(io: Io, paths: readonly string[], options: EstimateOptions): Promise<ExitCode> {
  outputTargets(options);
  const settings = await loadSettings(io, options);
  const question = questionOf(io, options, settings);
  const models = (options.model ?? ESTIMATED_MODELS).map(resolveModel);
  const input = await countCallInput(io, paths, options, models);
  const estimates = cheapestFirst(await estimatesOf(models, input, question, settings));
  const body = estimateBody({ query: queryOf(question), input, estimates });
  await present(io, options, {
    body: () => envelope('estimate', body),
    rows: () => body.estimates,
    sheet: () => estimateSheet({ query: queryOf(question), input, estimates }),
  });
  if (input.skipped.some(({ isNamed }) => isNamed)) return ExitCode.userError;
  return isAnswered(estimates, options) ? ExitCode.ok : ExitCode.noHonestAnswer;
}

/** What was asked of every model. */
interface Question {
  readonly plan: CallPlan;
  readonly calls: Calls | null;
  readonly mode: Mode;
  /** Instant (ms) of the prices. */
  readonly at: number;
  /** The same as typed; `null`: now. */
  readonly askedAt: number | null;
  readonly region: 'cn' | 'intl';
}

function questionOf(io: Io, options: EstimateOptions, { config, timeZone }: Settings): Question {
  const { at: text } = options;
  const askedAt = text === undefined ? null : instantOf({ flag: '--at', text, plusDays: 0, timeZone });
  const region = options.region ?? config.alibaba.region;
  const at = askedAt ?? io.now();
  return { plan: planOf(options), calls: callsOf(options), mode: modeOf(options), at, askedAt, region };
}

const queryOf = ({ plan, calls, mode, askedAt, region }: Question): EstimateQuery => ({
  plan,
  calls,
  mode,
  at: askedAt,
  region,
});

async function estimatesOf(
  models: readonly ModelEncoding[],
  input: CallInput,
  question: Question,
  { config }: Settings,
): Promise<EstimatedModel[]> {
  const book = await openPriceBook({ ...config, alibaba: { region: question.region } });
  await book.prepare(models.map(({ model }) => providerOf(model, null)));
  const windows = await windowsOf(
    models.map(({ model }) => model),
    question.region,
  );
  return models.map((model, i) => estimateOf(model, input, { ...question, book, window: windows[i]! }));
}

function estimateOf(
  model: ModelEncoding,
  { tokens }: CallInput,
  {
    plan,
    mode,
    at,
    book,
    window,
  }: Question & { readonly book: DefaultPriceBook; readonly window: ContextWindow | null },
): EstimatedModel {
  const input = inputCountOf(model, tokens.get(model.encoding)!);
  if (exceedsInput(plan, input.tokens)) throw moreThanInput(plan, model.model, input.tokens);
  const provider = providerOf(model.model, null);
  const answer = book.find({ model: model.model, provider, at, mode });
  return { model, provider, input, window, ...estimateCall({ input, plan, answer, window }) };
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

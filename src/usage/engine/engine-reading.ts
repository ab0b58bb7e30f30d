/** Readings of an inference engine's counters. */

import { badField, missingField } from '../../errors/usage-records.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { sumOfCounts } from '../reading/count.js';
import { textOf } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import type { DecodeContext } from '../source.js';
import { parseTime } from '../time/record-time.js';
import { counterOf, labelText, type MetricSample, metricSamples } from './prometheus.js';

/** What an engine calls its counters. */
export interface EngineMetrics {
  readonly engine: string;
  /** Tokens of prompts, cached ones included. */
  readonly prompt: string;
  readonly cached: string;
  readonly output: string;
  readonly requests: string;
  /** Labels that divide what one series counts; every other label tells series apart. */
  readonly inner: readonly string[];
  /** Labels of ranks that count the same tokens once more: rank 0 alone is read. */
  readonly ranks: readonly string[];
}

/** The sums of one series by metric. */
interface Series {
  readonly labels: MetricSample['labels'];
  readonly sums: Map<string, number>;
  /** The latest time its samples state, ms. */
  at: number | null;
}

/**
 * One event per series, a model on one engine: the tokens and requests it has counted since it started. The time is
 * `--at`, else the one its lines state, else the file's.
 *
 * @throws BAD_FIELD, MISSING_FIELD naming the metric or label
 */
export const engineReadings = (text: string, metrics: EngineMetrics, context: DecodeContext): UsageEvent[] =>
  [...seriesOf(text, metrics).values()].map((series) => readingOf(series, metrics, context));

function seriesOf(text: string, metrics: EngineMetrics): ReadonlyMap<string, Series> {
  const names = new Set([metrics.prompt, metrics.cached, metrics.output, metrics.requests]);
  const bySeries = new Map<string, Series>();
  for (const sample of metricSamples(text, names)) {
    if (sample.labels.some(([name, value]) => metrics.ranks.includes(name) && value !== '0')) continue;
    const labels = sample.labels.filter(([name]) => ![...metrics.inner, ...metrics.ranks].includes(name));
    const key = labelText(labels);
    const series = bySeries.get(key) ?? { labels, sums: new Map(), at: null };
    bySeries.set(key, series);
    add(series, sample);
  }
  return bySeries;
}

function add(series: Series, sample: MetricSample): void {
  const { name, timestamp } = sample;
  series.sums.set(name, sumOfCounts([series.sums.get(name) ?? 0, counterOf(sample)], name));
  if (timestamp !== null) series.at = Math.max(series.at ?? 0, parseTime(timestamp, 'UTC', name).at);
}

function readingOf({ labels, sums, at }: Series, metrics: EngineMetrics, context: DecodeContext): UsageEvent {
  const named = labels.find(([name]) => name === 'model_name')?.[1];
  if (named === undefined) throw missingField('model_name', 'serve the metrics with the label model_name');
  const model = modelOf([named], 'model_name');
  return usageEvent({
    at: context.at ?? at ?? context.file.modified,
    model,
    provider: providerOf(model, null),
    counter: textOf(`${metrics.engine}${labelText(labels)}`, 'labels'),
    requests: sums.get(metrics.requests) ?? 0,
    tokens: tokensOf(sums, metrics),
  });
}

function tokensOf(sums: ReadonlyMap<string, number>, { prompt, cached, output }: EngineMetrics): TokenClasses {
  const [input, cacheRead] = [sums.get(prompt) ?? null, sums.get(cached) ?? null];
  if (input !== null && cacheRead !== null && cacheRead > input)
    throw badField(cached, cacheRead, `is more than ${prompt}, ${input}`, 'see which one is right');
  return {
    ...NO_TOKENS,
    input: input === null ? null : input - (cacheRead ?? 0),
    cacheRead,
    output: sums.get(output) ?? null,
  };
}

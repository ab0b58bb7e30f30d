/** The text format in which engines expose their counters. Source: Prometheus exposition formats, version 0.0.4. */

import { badField } from '../../errors/usage-records.js';
import { quoted } from '../../errors/wording.js';

export interface MetricSample {
  readonly name: string;
  /** In the order of their names. */
  readonly labels: readonly (readonly [name: string, value: string])[];
  /** As written: `7.0`, `8.128902e+06`. */
  readonly value: string;
  /** When it was sampled, ms since 1970, as written; `null`: the line does not say. */
  readonly timestamp: string | null;
}

const HINT = 'save /metrics as the engine serves it: curl -s http://localhost:8000/metrics';
const NAME = /^[a-zA-Z_:][\w:]*/;
const LABEL = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|(?=\}))/y;
const VALUE = /^\s+(\S+)(?:\s+(-?\d+))?\s*(?:#.*)?$/;

/**
 * The samples of the metrics asked for, in order; comments, histograms and everything else are passed over.
 *
 * @throws BAD_FIELD at the name of a metric asked for whose line cannot be read
 */
export function* metricSamples(text: string, names: ReadonlySet<string>): Generator<MetricSample> {
  for (const line of text.split('\n')) {
    const [name] = NAME.exec(line.trimStart()) ?? [];
    if (name !== undefined && names.has(name)) yield sampleOf(line.trim(), name);
  }
}

function sampleOf(line: string, name: string): MetricSample {
  const rest = line.slice(name.length).trimStart();
  const { labels, end } = rest.startsWith('{') ? labelsOf(rest, name) : { labels: [], end: 0 };
  const [, value, timestamp] = VALUE.exec(` ${rest.slice(end)}`) ?? [];
  if (value === undefined) throw badField(name, line, 'is no sample of a metric', HINT);
  return { name, labels, value, timestamp: timestamp ?? null };
}

/** @param text  begins with `{`; `end`: just behind its `}` */
function labelsOf(text: string, name: string): { labels: MetricSample['labels']; end: number } {
  const labels: (readonly [string, string])[] = [];
  let at = 1;
  for (;;) {
    LABEL.lastIndex = at;
    const [whole, label, value] = LABEL.exec(text) ?? [];
    if (whole === undefined) break;
    labels.push([label!, unescaped(value!)]);
    at += whole.length;
  }
  const close = /^\s*\}/.exec(text.slice(at));
  if (close === null) throw badField(name, text, 'has labels that cannot be read', HINT);
  return { labels: labels.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)), end: at + close[0].length };
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));

/** Labels as the format writes them: `{engine="0",model_name="m"}`. */
export const labelText = (labels: MetricSample['labels']): string =>
  `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`;

/**
 * The value of a counter: a whole number from 0 to 2^53 - 1.
 *
 * @throws BAD_FIELD at the metric's name for anything else, `NaN` and `+Inf` too
 */
export function counterOf({ name, value }: MetricSample): number {
  const count = Number(value);
  if (Number.isSafeInteger(count) && count >= 0) return count + 0;
  throw badField(name, value, `is no count, as ${quoted(name)} must be`, HINT);
}

import { badRecord } from '../../errors/usage-records.js';
import type { Source } from '../source.js';
import { type EngineMetrics, engineReadings } from './engine-reading.js';

/** A source that reads what an engine serves at `/metrics`; each file is one reading of its counters. */
export const engineSource = (
  metrics: EngineMetrics,
  { title, documentation }: Pick<Source, 'title' | 'documentation'>,
): Source => ({
  name: metrics.engine,
  title,
  kind: 'metrics',
  role: 'engine',
  documentation,
  account: null,
  reads: [metrics.prompt, metrics.cached, metrics.output, metrics.requests],
  key: 'labels of the series and time of the reading',
  recognises: (sample) => 'text' in sample && new RegExp(`^(# (HELP|TYPE) )?${metrics.engine}:`, 'm').test(sample.text),
  decoder:
    (context) =>
    ({ value }) => {
      if (typeof value !== 'string') throw badRecord('is no text of metrics', 'save /metrics as the engine serves it');
      const events = engineReadings(value, metrics, context);
      return events.length === 0 ? { skipped: `no counters of ${title}` } : { events };
    },
});

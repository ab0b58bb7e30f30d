import { badField, badRecord } from '../errors.js';
import { NO_TOKENS, type TokenClasses } from '../pricing/token-classes.js';
import { bucketTime } from './bucket-time.js';
import { NO_ORIGIN, type UsageEvent, usageEvent } from './event.js';
import { modelOf } from './model-name.js';
import { NO_MODEL } from './no-model.js';
import { providerOf } from './providers.js';
import type { Row } from './row.js';
import type { Decoded } from './source.js';
import { amountAt } from './stated-cost.js';
import { parseTime, type RecordTime } from './time.js';

/**
 * A row of LiteLLM's sums of spend: of a daily table, or of the export of teams and users, whose rows may span days and
 * name no model. Requests are the successful ones: failed ones used nothing.
 *
 * @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD
 */
export function decodeSpendRow(row: Row): Decoded {
  if (row.cell('tag') !== undefined)
    throw badRecord('is of a table that counts a request once for each of its tags', 'export LiteLLM_DailyTeamSpend');
  const tokens = tokensOf(row);
  const spend = row.text('spend', 'Spend (USD)', 'Spend ($)');
  const requests = requestsOf(row);
  const isEmpty = Object.values(tokens).every((count) => (count ?? 0) === 0) && Number(spend ?? '0') === 0;
  if (isEmpty && requests === 0) return { skipped: 'no successful request' };
  const isExport = row.cell('Requests') !== undefined;
  const model = isExport
    ? (row.text('model') ?? NO_MODEL)
    : modelOf([row.cell('model'), row.cell('model_group')], 'model');
  return {
    events: [
      usageEvent({
        ...timeOf(row),
        model,
        provider: providerOf(model, row.text('custom_llm_provider')),
        ...whose(row),
        requests,
        tokens,
        statedCost: spend === null ? null : amountAt('spend', spend, 'USD'),
      }),
    ],
  };
}

function tokensOf(row: Row): TokenClasses {
  const input = row.count('prompt_tokens');
  const cacheRead = row.count('cache_read_input_tokens');
  const cacheWrite5m = row.count('cache_creation_input_tokens');
  const cached = (cacheRead ?? 0) + (cacheWrite5m ?? 0);
  if (input !== null && input < cached)
    throw badField('prompt_tokens', input, `is less than its cached tokens, ${cached}`, 'see which one is right');
  const output = row.count('completion_tokens');
  return { ...NO_TOKENS, input: input === null ? null : input - cached, cacheRead, cacheWrite5m, output };
}

function requestsOf(row: Row): number {
  const successful = row.count('successful_requests', 'Successful');
  if (successful !== null) return successful;
  const [all, failed] = [row.count('api_requests', 'Requests') ?? 0, row.count('failed_requests', 'Failed') ?? 0];
  if (failed > all)
    throw badField('failed_requests', failed, `are more than all requests, ${all}`, 'see which is right');
  return all - failed;
}

/** One day, or a range of days, both of them included. */
function timeOf(row: Row): RecordTime {
  if (row.text('Start Date') === null) return dayAt(row, 'date');
  const [first, last] = [dayAt(row, 'Start Date'), dayAt(row, 'End Date')];
  return bucketTime(first.at, last.until!, 'UTC', 'End Date');
}

/** The tables keep `2026-10-05`; some exports of them add a time to it. */
function dayAt(row: Row, field: string): RecordTime {
  const text = row.text(field) ?? '';
  const time = parseTime(text.replace(/[T ]00:00:00(\.0+)?(Z|\+00(:?00)?)?$/, ''), 'UTC', field);
  if (time.day === null) throw badField(field, text, 'is no date', 'write 2026-10-31');
  return time;
}

const whose = (row: Row): Pick<UsageEvent, 'origin' | 'agent'> => ({
  agent: row.text('agent_id'),
  origin: {
    ...NO_ORIGIN,
    key: row.text('api_key'),
    workspace: row.text('organization_id', 'Organization ID'),
    team: row.text('Team ID', 'Team'),
    user: row.text('User ID', 'User', 'User Email'),
    consumer: row.text('end_user_id'),
    path: row.text('endpoint'),
  },
});

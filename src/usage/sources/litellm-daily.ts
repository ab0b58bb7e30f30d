/**
 * What LiteLLM sums up by day: the tables `LiteLLM_Daily{User,Team,Organization,EndUser,Agent}Spend`, daily buckets of
 * UTC, and the CSV its interface exports of teams and users.
 *
 * - `prompt_tokens` includes cache reads and cache writes, which are subtracted.
 * - Every one of the tables sums up the same requests: import one of them, and none beside the spend logs.
 * - `LiteLLM_DailyTagSpend` counts a request once for each of its tags, so its rows are rejected.
 * - `Start Date,End Date,…` rows of the export span days, both included; they are buckets of that span and cannot be
 *   split by day. They name no model. The e-mail address is read only where no other column names the user.
 * - Requests are the successful ones: failed ones used nothing.
 *
 * Source: https://github.com/BerriAI/litellm/blob/main/schema.prisma
 */

import { badField, badRecord } from '../../errors.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { modelOf } from '../reading/model-name.js';
import { NO_MODEL } from '../reading/no-model.js';
import { hasColumns, type Row, rowReader } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import type { Decoded, Source } from '../source.js';
import { bucketTime } from '../time/bucket-time.js';
import { parseTime, type RecordTime } from '../time/record-time.js';

const TABLE = ['date', 'spend', 'prompt_tokens', 'completion_tokens', 'api_requests', 'failed_requests'];
const EXPORT = ['Requests', 'Successful', 'Failed', 'Total Tokens'];

export const litellmDaily: Source = {
  name: 'litellm-daily',
  title: 'LiteLLM daily spend, and export of teams and users',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://docs.litellm.ai/docs/proxy/cost_tracking',
  account: null,
  reads: [
    ...['date', 'user_id', 'team_id', 'organization_id', 'end_user_id', 'agent_id', 'api_key', 'model', 'model_group'],
    ...['custom_llm_provider', 'endpoint', 'prompt_tokens', 'completion_tokens', 'cache_read_input_tokens'],
    ...['cache_creation_input_tokens', 'spend', 'api_requests', 'successful_requests', 'failed_requests'],
    ...['Date', 'Start Date', 'End Date', 'Team', 'Team ID', 'User', 'User ID', 'User Email', 'Spend (USD)'],
    ...['Requests', 'Successful', 'Failed', 'Prompt Tokens', 'Completion Tokens'],
  ],
  key: 'bucket and all its dimensions',
  recognises: (sample) => 'columns' in sample && looksDaily(sample.columns),
  decoder: () => {
    const read = rowReader();
    return (record) => decodeRow(read(record.value));
  },
};

const looksDaily = (columns: readonly string[]): boolean =>
  hasColumns(columns, ...TABLE) ||
  (hasColumns(columns, ...EXPORT) && (hasColumns(columns, 'Start Date', 'End Date') || hasColumns(columns, 'Date')));

/** @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD */
function decodeRow(row: Row): Decoded {
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

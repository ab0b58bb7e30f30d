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
import { DAILY_COLUMNS, type DailyRow } from '../litellm/columns.js';
import { providerOf } from '../providers.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { freshInput } from '../reading/count.js';
import { modelOf, NO_MODEL } from '../reading/model-name.js';
import { tables } from '../reading/recognise.js';
import { decodeRows } from '../reading/row.js';
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
  reads: namesIn(DAILY_COLUMNS).filter((name) => name !== 'tag'),
  key: 'bucket and all its dimensions',
  recognises: tables(looksDaily),
  decoder: decodeRows(DAILY_COLUMNS, decodeRow),
};

function looksDaily(headers: readonly string[]): boolean {
  const isDated = hasColumns(headers, 'Start Date', 'End Date') || hasColumns(headers, 'Date');
  return hasColumns(headers, ...TABLE) || (hasColumns(headers, ...EXPORT) && isDated);
}

/** @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD */
function decodeRow(row: DailyRow): Decoded {
  if (row.cell('tag') !== undefined)
    throw badRecord('is of a table that counts a request once for each of its tags', 'export LiteLLM_DailyTeamSpend');
  const tokens = tokensOf(row);
  const spend = row.firstText('spend', 'Spend (USD)', 'Spend ($)');
  const requests = requestsOf(row);
  const isEmpty = Object.values(tokens).every((count) => (count ?? 0) === 0) && Number(spend ?? '0') === 0;
  if (isEmpty && requests === 0) return { skipped: 'no successful request' };
  const isExport = row.cell('Requests') !== undefined;
  const model = isExport
    ? (row.text('model') ?? NO_MODEL)
    : modelOf([row.cell('model'), row.cell('model_group')], row.field('model'));
  return {
    events: [
      usageEvent({
        ...timeOf(row),
        model,
        provider: providerOf(model, row.text('custom_llm_provider')),
        ...whose(row),
        requests,
        tokens,
        statedCost: spend === null ? null : amountAt(row.field('spend'), spend, 'USD'),
      }),
    ],
  };
}

function tokensOf(row: DailyRow): TokenClasses {
  const input = row.count('prompt_tokens');
  const cacheRead = row.count('cache_read_input_tokens');
  const cacheWrite5m = row.count('cache_creation_input_tokens');
  const fresh = freshInput(input, (cacheRead ?? 0) + (cacheWrite5m ?? 0), row.field('prompt_tokens'));
  return { ...NO_TOKENS, input: fresh, cacheRead, cacheWrite5m, output: row.count('completion_tokens') };
}

function requestsOf(row: DailyRow): number {
  const successful = row.count('successful_requests') ?? row.count('Successful');
  if (successful !== null) return successful;
  const all = row.count('api_requests') ?? row.count('Requests') ?? 0;
  const failed = row.count('failed_requests') ?? row.count('Failed') ?? 0;
  if (failed > all)
    throw badField(row.field('failed_requests'), failed, `are more than all requests, ${all}`, 'see which is right');
  return all - failed;
}

/** One day, or a range of days, both of them included. */
function timeOf(row: DailyRow): RecordTime {
  if (row.text('Start Date') === null) return dayAt(row, 'date');
  const [first, last] = [dayAt(row, 'Start Date'), dayAt(row, 'End Date')];
  return bucketTime(first.at, last.until!, 'UTC', row.field('End Date'));
}

/** The tables keep `2026-10-05`; some exports of them add a time to it. */
function dayAt(row: DailyRow, name: 'date' | 'Start Date' | 'End Date'): RecordTime {
  const [text, field] = [row.text(name) ?? '', row.field(name)];
  const time = parseTime(text.replace(/[T ]00:00:00(\.0+)?(Z|\+00(:?00)?)?$/, ''), 'UTC', field);
  if (time.day === null) throw badField(field, text, 'is no date', 'write 2026-10-31');
  return time;
}

const whose = (row: DailyRow): Pick<UsageEvent, 'origin' | 'agent'> => ({
  agent: row.text('agent_id'),
  origin: {
    ...NO_ORIGIN,
    key: row.text('api_key'),
    workspace: row.text('organization_id'),
    team: row.firstText('team_id', 'Team'),
    user: row.firstText('user_id', 'User', 'User Email'),
    consumer: row.text('end_user_id'),
    path: row.text('endpoint'),
  },
});

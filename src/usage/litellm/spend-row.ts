import { badField, badRecord } from '../../errors/usage-records.js';
import { NO_TOKENS, type TokenClasses, totalTokens } from '../../pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { columnsNamed } from '../reading/columns.js';
import { freshInput } from '../reading/count.js';
import { modelOf } from '../reading/model-name.js';
import type { Row } from '../reading/row.js';
import { dollarsOf } from '../reading/stated-cost.js';
import type { Decoded } from '../source.js';
import { bucketTime } from '../time/bucket-time.js';
import { parseTime, type RecordTime } from '../time/record-time.js';

/** Columns of the daily tables, and of the export of teams and users where it names them otherwise. */
export const SPEND_COLUMNS = {
  ...columnsNamed(['date', 'user_id', 'team_id', 'organization_id', 'end_user_id', 'agent_id', 'api_key', 'tag']),
  ...columnsNamed(['model', 'model_group', 'custom_llm_provider', 'endpoint', 'prompt_tokens', 'completion_tokens']),
  ...columnsNamed(['cache_read_input_tokens', 'cache_creation_input_tokens']),
  ...columnsNamed(['Start Date', 'End Date', 'Team', 'User', 'User Email']),
  spend: ['spend', 'Spend (USD)', 'Spend ($)'],
  requests: ['api_requests', 'Requests'],
  successful: ['successful_requests', 'Successful'],
  failed: ['failed_requests', 'Failed'],
} as const;
type SpendRow = Row<keyof typeof SPEND_COLUMNS>;

/**
 * A row of LiteLLM's sums of spend: of a daily table, or of the export of teams and users, whose rows may span days and
 * name no model. Requests are the successful ones: failed ones used nothing.
 *
 * @param unnamed  the model of rows that name none; `null`: they must
 * @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD
 */
export function decodeSpendRow(row: SpendRow, unnamed: string | null): Decoded {
  if (row.cell('tag') !== undefined)
    throw badRecord('is of a table that counts a request once for each of its tags', 'export LiteLLM_DailyTeamSpend');
  const [tokens, requests] = [tokensOf(row), requestsOf(row)];
  const isFree = Number(row.text('spend') ?? '0') === 0;
  if (totalTokens(tokens) === 0 && isFree && requests === 0) return { skipped: 'no successful request' };
  const model = modelOf([row.cell('model'), row.cell('model_group'), unnamed], row.field('model'));
  const event = usageEvent({
    ...timeOf(row),
    model,
    provider: providerOf(model, row.text('custom_llm_provider')),
    ...whose(row),
    requests,
    tokens,
    statedCost: dollarsOf(row.cell('spend'), row.field('spend')),
  });
  return { events: [event] };
}

function tokensOf(row: SpendRow): TokenClasses {
  const [cacheRead, cacheWrite5m] = [row.count('cache_read_input_tokens'), row.count('cache_creation_input_tokens')];
  const cached = (cacheRead ?? 0) + (cacheWrite5m ?? 0);
  const input = freshInput(row.count('prompt_tokens'), cached, row.field('prompt_tokens'));
  return { ...NO_TOKENS, input, cacheRead, cacheWrite5m, output: row.count('completion_tokens') };
}

function requestsOf(row: SpendRow): number {
  const successful = row.count('successful');
  if (successful !== null) return successful;
  const [all, failed] = [row.count('requests') ?? 0, row.count('failed') ?? 0];
  if (failed > all)
    throw badField(row.field('failed'), failed, `are more than all requests, ${all}`, 'see which is right');
  return all - failed;
}

/** One day, or a range of days, both of them included. */
function timeOf(row: SpendRow): RecordTime {
  if (row.text('Start Date') === null) return dayAt(row, 'date');
  const [first, last] = [dayAt(row, 'Start Date'), dayAt(row, 'End Date')];
  return bucketTime(first.at, last.until!, 'UTC', row.field('End Date'));
}

/** The tables keep `2026-10-05`; some exports of them add a time to it. */
function dayAt(row: SpendRow, name: 'date' | 'Start Date' | 'End Date'): RecordTime {
  const [text, field] = [row.text(name) ?? '', row.field(name)];
  const time = parseTime(text.replace(/[T ]00:00:00(\.0+)?(Z|\+00(:?00)?)?$/, ''), 'UTC', field);
  if (time.day === null) throw badField(field, text, 'is no date', 'write 2026-10-31');
  return time;
}

const whose = (row: SpendRow): Pick<UsageEvent, 'origin' | 'agent'> => ({
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

/**
 * The CSV that LiteLLM's interface exports of teams and users. `Start Date,End Date,...` rows span days, both included;
 * they are buckets of that span and cannot be split by day. Rows name neither a model nor a provider, so their account is
 * `litellm`; they sum up the same requests as the spend logs and the daily tables do.
 *
 * `Prompt Tokens` includes cached ones, which the export does not tell apart. The e-mail address is read only where no
 * other column names the user. Exports of teams and of users tell the same requests: import one of them.
 *
 * Source: https://docs.litellm.ai/docs/proxy/cost_tracking
 */

import { decodeSpendRow, SPEND_COLUMNS } from '../litellm/spend-row.js';
import { hasColumns } from '../reading/columns.js';
import { NO_MODEL } from '../reading/model-name.js';
import { tables } from '../reading/recognise.js';
import { decodeRows } from '../reading/row.js';
import type { Source } from '../source.js';

const EXPORT = ['Requests', 'Successful', 'Failed', 'Total Tokens'];

export const litellmExport: Source = {
  name: 'litellm-export',
  title: 'LiteLLM export of teams and users',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://docs.litellm.ai/docs/proxy/cost_tracking',
  account: 'litellm',
  reads: [
    ...['Date', 'Start Date', 'End Date', 'Team', 'Team ID', 'User', 'User ID', 'User Email', 'Spend (USD)'],
    ...['Requests', 'Successful', 'Failed', 'Prompt Tokens', 'Completion Tokens'],
  ],
  key: 'bucket and all its dimensions',
  recognises: tables(
    (headers) =>
      hasColumns(headers, ...EXPORT) && (hasColumns(headers, 'Start Date', 'End Date') || hasColumns(headers, 'Date')),
  ),
  decoder: decodeRows(SPEND_COLUMNS, (row) => decodeSpendRow(row, NO_MODEL)),
};

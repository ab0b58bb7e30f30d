import { hasLogColumns, LOG_COLUMNS } from '../quota-log/columns.js';
import { quotaDetails } from '../quota-log/details.js';
import { quotaLogDecoder } from '../quota-log/log-line.js';
import { namesIn } from '../reading/columns.js';
import { tables } from '../reading/recognise.js';
import type { Source } from '../source.js';

/**
 * The table `logs` of New API, as CSV or as the SQLite file of the gateway. Lines of type 2 are calls, of type 6 refunds;
 * top-ups, errors and entries of the system are skipped. Whether `prompt_tokens` includes the cached tokens depends on the
 * protocol of the channel, see `quotaDetails`. `quota` is claimed as US dollars at the default of 500,000 for one; a
 * gateway with another `QuotaPerUnit`, or with ratios of its own, claims what it asks of its users. `created_at` is seconds
 * since 1970.
 */
export const newApi: Source = {
  name: 'new-api',
  title: 'New API gateway logs',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://github.com/QuantumNous/new-api/blob/main/model/log.go',
  account: null,
  reads: namesIn(LOG_COLUMNS),
  key: 'request_id, else created_at and id',
  recognises: tables((headers) => hasLogColumns(headers, 'new-api')),
  decoder: () => quotaLogDecoder('new-api', (row) => quotaDetails(row.text('other'), row.field('other'))),
};

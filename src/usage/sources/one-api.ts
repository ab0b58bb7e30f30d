import { hasLogColumns, LOG_COLUMNS } from '../quota-log/columns.js';
import { quotaLogDecoder } from '../quota-log/log-line.js';
import { namesIn } from '../reading/columns.js';
import { tables } from '../reading/recognise.js';
import type { Source } from '../source.js';

/** The table `logs` of One API: as New API's, without the column `other`, so that nothing tells cached from fresh input. */
export const oneApi: Source = {
  name: 'one-api',
  title: 'One API gateway logs',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://github.com/songquanpeng/one-api/blob/main/model/log.go',
  account: null,
  reads: namesIn(LOG_COLUMNS).filter((name) => name !== 'other' && name !== 'group'),
  key: 'request_id, else created_at and id',
  recognises: tables((headers) => hasLogColumns(headers, 'one-api')),
  decoder: () => quotaLogDecoder('one-api'),
};

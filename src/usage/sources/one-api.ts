import { hasLogColumns, LOG_COLUMNS, quotaLogDecoder } from '../quota-log/log-line.js';
import type { Source } from '../source.js';

/** The table `logs` of One API: as New API's, without the column `other`, so that nothing tells cached from fresh input. */
export const oneApi: Source = {
  name: 'one-api',
  title: 'One API gateway logs',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://github.com/songquanpeng/one-api/blob/main/model/log.go',
  account: null,
  reads: Object.values(LOG_COLUMNS)
    .flat()
    .filter((name) => name !== 'other' && name !== 'group'),
  key: 'request_id, else created_at and id',
  recognises: (sample) => 'columns' in sample && hasLogColumns(sample.columns, false),
  decoder: () => quotaLogDecoder('one-api'),
};

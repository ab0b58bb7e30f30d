import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from '../../../src/ledger/sqlite/migrations.js';
import { sqliteLedger } from '../../../src/ledger/sqlite/sqlite-ledger.js';
import { loadDriver } from '../../../src/load-driver.js';
import { at, entry, importFile } from '../entries.js';

/** One call, r1, as the first version of the tables kept it. */
const OLD_EVENT = `
  INSERT INTO model VALUES (1, 'qwen3-max'); INSERT INTO provider VALUES (1, 'alibaba'); INSERT INTO mode VALUES (1, 'standard');
  INSERT INTO reason VALUES (1, 'no price'); INSERT INTO recording VALUES (1, 'app', 'tokenhub', 'alibaba');
  INSERT INTO origin (id, tags) VALUES (1, '{}');
  INSERT INTO import (id, path, sha256, bytes, source, role, options) VALUES (1, 'old.csv', 'x', 1, 'tokenhub', 'app', '{}');
  INSERT INTO event (ts, recording, id, model, provider, origin, requests, input, mode, unpriced, import, record)
  VALUES (${at('2026-10-05T08:00:00Z')}, 1, 'r1', 1, 1, 1, 1, 100, 1, 1, 1, 2);`;

test('a request that a ledger of the first version holds is known when it comes again at another time', async () => {
  const db = new (loadDriver())(':memory:');
  migrate(db, MIGRATIONS.slice(0, 1));
  db.exec(OLD_EVENT);
  migrate(db);
  db.defaultSafeIntegers(true);
  await using ledger = sqliteLedger(db, ':memory:');
  const again = entry({ event: { at: at('2026-10-05T08:01:00Z'), tokens: { input: 100, output: 20 } } });
  expect(await importFile(ledger, [again])).toMatchObject({ added: 0, updated: 1 });
  expect(db.prepare('SELECT time, input, output FROM usage').all()).toEqual([
    { time: '2026-10-05T08:00:00.000Z', input: 100n, output: 20n },
  ]);
});

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { type Scene, scene } from './scene.js';

const CSV_HEAD = 'timestamp,request_id,model,provider,input_tokens,output_tokens,note\n';
const csvRow = (n: number, id = `r-${n}`) =>
  `2026-10-05T08:00:${String(n % 60).padStart(2, '0')}Z,${id},qwen-plus,alibaba,${n},1,"s ${n}\n2"\n`;
const jsonRow = (n: number, id: string | null = `r-${n}`) =>
  `${JSON.stringify({ timestamp: '2026-10-05T08:00:00Z', ...(id === null ? {} : { request_id: id }), model: 'qwen-plus', input_tokens: n, output_tokens: 1 })}\n`;
/** Lines of Codex, of which each states what the session has used so far. */
const codexHead = `${JSON.stringify({ timestamp: '2026-10-05T08:00:00Z', type: 'session_meta', payload: { id: 's-1', cwd: '/w' } })}
${JSON.stringify({ timestamp: '2026-10-05T08:00:00Z', type: 'turn_context', payload: { model: 'gpt-5', cwd: '/w' } })}
`;
const codexRow = (n: number) => {
  const usage = {
    input_tokens: 10 * n,
    cached_input_tokens: 0,
    output_tokens: n,
    reasoning_output_tokens: 0,
    total_tokens: 11 * n,
  };
  const info = {
    total_token_usage: usage,
    last_token_usage: { ...usage, input_tokens: 10, output_tokens: 1, total_tokens: 11 },
  };
  return `${JSON.stringify({ timestamp: `2026-10-05T08:01:0${n}Z`, type: 'event_msg', payload: { type: 'token_count', info } })}\n`;
};
const ROUNDS = [1, 2, 3, 4, 5];

/** All events of a ledger but for the import they came with. */
function eventsOf({ path }: Scene, name = 'tokenhub.db'): unknown[] {
  const db = new Database(path(name), { readonly: true });
  try {
    return db.prepare('SELECT ts, id, requests, input, output, record FROM event ORDER BY ts, id').all();
  } finally {
    db.close();
  }
}

async function importRounds(at: Scene, name: string, pieces: readonly string[], ...options: readonly string[]) {
  const results = [];
  writeFileSync(at.path(name), '');
  for (const piece of pieces) {
    appendFileSync(at.path(name), piece);
    results.push((await at.json('import', name, ...options)).files[0]);
  }
  return results;
}

describe('a log that grows', () => {
  const logs = {
    'a.csv': [CSV_HEAD + csvRow(1), ...[2, 3, 4, 5].map((n) => csvRow(n) + csvRow(n + 10))],
    'a.jsonl': ROUNDS.map((n) => jsonRow(n) + jsonRow(n + 10)),
  };

  test.each(Object.entries(logs))('%s is read on five times, and is the same as read once', async (name, pieces) => {
    const at = scene();
    const results = await importRounds(at, name, pieces);
    expect(results.map(({ resumed }) => resumed?.after ?? null)).toEqual([null, 1, 2, 3, 4]);
    expect(results.slice(1).map(({ read, added, duplicate }) => [read, added, duplicate])).toEqual(
      Array(4).fill([2, 2, 0]),
    );
    await at.json('import', name, '--ledger', 'once.db');
    expect(eventsOf(at)).toEqual(eventsOf(at, 'once.db'));
  });

  test('says where it was read on', async () => {
    const at = scene();
    await importRounds(at, 'a.jsonl', [jsonRow(1) + jsonRow(2)]);
    appendFileSync(at.path('a.jsonl'), jsonRow(3));
    expect((await at.tokenhub('import', 'a.jsonl')).stdout).toContain('a.jsonl: read on from line 3, after import 1');
  });

  test('names bad rows by their line in the whole file', async () => {
    const at = scene();
    // each row of the CSV takes two lines: header 1, row 2-3, row 4-5
    await importRounds(at, 'a.csv', [CSV_HEAD + csvRow(1)]);
    appendFileSync(at.path('a.csv'), csvRow(2).replace(',2,1,', ',many,1,'));
    const { stderr, exitCode } = await at.tokenhub('import', 'a.csv');
    expect(stderr).toContain('a.csv:4: input_tokens:');
    expect(exitCode).toBe(2);
  });

  test('is read on after bad rows, which are not forgotten', async () => {
    const at = scene();
    await importRounds(at, 'a.jsonl', [`${jsonRow(1)}no JSON\n`]);
    appendFileSync(at.path('a.jsonl'), jsonRow(2));
    const { exitCode, stdout } = await at.tokenhub('import', 'a.jsonl');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('a.jsonl: read on from line 3, after import 1 (1 of its rows were bad then)');
    expect((await at.tokenhub('import', 'a.jsonl')).exitCode).toBe(2);
    expect((await at.json('import', 'a.jsonl', '--on-error', 'skip')).files[0]).toMatchObject({
      alreadyImported: true,
      rejectedBefore: 1,
    });
    const { incomplete } = await at.json('report');
    expect(incomplete).toMatchObject([{ import: 1, rejected: 1 }]);
  });

  test('is read on before its bad rows, as the last may have been cut off', async () => {
    const at = scene();
    const [whole, cut] = [jsonRow(2), jsonRow(2).slice(0, 30)];
    await importRounds(at, 'a.jsonl', [jsonRow(1)]);
    writeFileSync(at.path('a.jsonl'), jsonRow(1) + cut);
    expect((await at.tokenhub('import', 'a.jsonl')).exitCode).toBe(2);
    writeFileSync(at.path('a.jsonl'), jsonRow(1) + whole);
    const [file] = (await at.json('import', 'a.jsonl')).files;
    expect(file).toMatchObject({ resumed: { after: 1, line: 2 }, added: 1, rejected: 0 });
  });
});

describe('a table that was read in the middle of its last row', () => {
  const HEAD = 'timestamp,model,input_tokens,output_tokens\n';
  const row = (input: number, output: number) => `2026-10-05T08:00:00Z,gpt-4o,${input},${output}\n`;

  test.each([
    ['without ids', HEAD, row(10, 1), row(10, 10)],
    ['whose ids come last', 'timestamp,model,input_tokens,request_id\n', row(10, 1), row(10, 12)],
    ['of daily buckets', HEAD, row(10, 2).replace(/T[^,]*/, ''), row(10, 10).replace(/T[^,]*/, '')],
  ])('%s takes that row for what it became', async (_, head, first, last) => {
    const at = scene();
    const pieces = [head + first + last.slice(0, -2), `${last.slice(-2)}${first.replace('05', '06')}`];
    await importRounds(at, 'a.csv', pieces);
    await at.json('import', 'a.csv', '--ledger', 'once.db');
    expect(eventsOf(at)).toEqual(eventsOf(at, 'once.db'));
    const { imports } = await at.json('imports');
    expect(imports).toMatchObject([{ id: 2 }]);
  });

  test('counts the row as long as nothing follows, and says that it takes it back', async () => {
    const at = scene({ 'a.csv': `${HEAD}${row(10, 1)}${row(10, 10).slice(0, -2)}` });
    await at.tokenhub('import', 'a.csv');
    // 10 + 1 + 10 + 1: two equal rows
    expect((await at.json('report')).totals.tokens.total).toBe(22);
    appendFileSync(at.path('a.csv'), `0\n${row(20, 1)}`);
    const { stderr } = await at.tokenhub('import', 'a.csv');
    expect(stderr).toContain('a.csv: import 1 had read its last row unfinished; it is taken back');
    // 10 + 1 + 10 + 10 + 20 + 1
    const { totals } = await at.json('report');
    expect([totals.requests, totals.tokens.total]).toEqual([3, 52]);
  });

  test.each(['little', 'big'] as const)('is told in UTF-16, too, %s endian, from one that was whole', async (order) => {
    const utf16 = (text: string): Buffer => {
      const bytes = Buffer.from(text, 'utf16le');
      return order === 'little' ? bytes : bytes.swap16();
    };
    const at = scene({ 'a.csv': utf16(`\ufeff${HEAD}${row(10, 1)}`) });
    await at.tokenhub('import', 'a.csv');
    const messages: string[] = [];
    for (const text of [row(10, 10).slice(0, -2), `0\n${row(20, 1)}`, row(30, 1)]) {
      appendFileSync(at.path('a.csv'), utf16(text));
      messages.push((await at.tokenhub('import', 'a.csv')).stderr);
    }
    expect(messages.map((said) => said.includes('unfinished'))).toEqual([false, true, false]);
    expect(messages[1]).toContain('import 2 had read its last row unfinished; it is taken back');
    // 10 + 1 + 10 + 10 + 20 + 1 + 30 + 1
    const { totals } = await at.json('report');
    expect([totals.requests, totals.tokens.total]).toEqual([4, 83]);
  });

  test('is read on after the import before that one, where there is one', async () => {
    const at = scene();
    const head = 'timestamp,model,input_tokens,request_id\n';
    const pieces = [head + row(1, 1), row(2, 22).slice(0, -2), '2\n'];
    const results = await importRounds(at, 'a.csv', pieces);
    expect(results[2]).toMatchObject({ resumed: { after: 1, line: 3 }, added: 1 });
    await at.json('import', 'a.csv', '--ledger', 'once.db');
    expect(eventsOf(at)).toEqual(eventsOf(at, 'once.db'));
  });

  test('is left as it was by a dry run', async () => {
    const at = scene();
    await importRounds(at, 'a.csv', [HEAD + row(10, 10).slice(0, -2)]);
    const before = eventsOf(at);
    appendFileSync(at.path('a.csv'), '0\n');
    await at.json('import', 'a.csv', '--dry-run');
    expect(eventsOf(at)).toEqual(before);
  });

  test('stays where only the line break was missing', async () => {
    const at = scene();
    await importRounds(at, 'a.csv', [HEAD + row(10, 10).slice(0, -1), `\r\n${row(11, 1)}`]);
    expect((await at.json('imports')).imports).toMatchObject([{ id: 1 }, { id: 2, added: 1, duplicate: 1 }]);
  });
});

describe('a log is read whole', () => {
  test.each([
    ['without a line break at its end', [jsonRow(1).trimEnd(), `\n${jsonRow(2)}`]],
    ['when records have no ids of their own, which count equal ones', [jsonRow(1, null), jsonRow(1, null)]],
    ['when it is daily buckets, which are summed', [`${CSV_HEAD}2026-10-05,,m,p,1,1,\n`, '2026-10-05,,m,p,2,1,\n']],
    ['after a quote that is never closed', [`${CSV_HEAD}2026-10-05,r-1,"\n`, csvRow(2)]],
    ['when lines need those before them', [codexHead + codexRow(1), codexRow(2)]],
    ['when it is one document over many lines', [`[\n${jsonRow(1)}`, `,${jsonRow(2)}]\n`]],
  ])('%s', async (_, pieces) => {
    const at = scene();
    await importRounds(at, 'a.log', pieces);
    const [file] = (await at.json('import', 'a.log', '--ledger', 'once.db')).files;
    expect(file.resumed).toBeNull();
    const results = await importRounds(scene(), 'a.log', pieces);
    expect(results[1].resumed).toBeNull();
    expect(eventsOf(at)).toEqual(eventsOf(at, 'once.db'));
  });

  test('when it was rewritten, though it is of the same size, or longer', async () => {
    const at = scene();
    await importRounds(at, 'a.jsonl', [jsonRow(1)]);
    for (const text of [jsonRow(2, 'r-1x').replace('r-1x', 'r-2'), jsonRow(3) + jsonRow(4)]) {
      writeFileSync(at.path('a.jsonl'), text);
      expect((await at.json('import', 'a.jsonl')).files[0]).toMatchObject({ resumed: null, duplicate: 0 });
    }
    expect(eventsOf(at)).toHaveLength(4); // r-1, r-2, r-3, r-4
  });

  test('when it is read another way, or under another name', async () => {
    const at = scene();
    await importRounds(at, 'a.jsonl', [jsonRow(1)]);
    appendFileSync(at.path('a.jsonl'), jsonRow(2));
    writeFileSync(at.path('b.jsonl'), readFileSync(at.path('a.jsonl')));
    expect((await at.json('import', 'b.jsonl')).files[0]).toMatchObject({ resumed: null, read: 2 });
    expect((await at.json('import', 'a.jsonl', '--role', 'meter')).files[0]).toMatchObject({ resumed: null, read: 2 });
  });

  test('when it is compressed', async () => {
    const at = scene();
    writeFileSync(at.path('a.jsonl.gz'), gzipSync(jsonRow(1)));
    await at.json('import', 'a.jsonl.gz');
    writeFileSync(at.path('a.jsonl.gz'), Buffer.concat([gzipSync(jsonRow(1)), gzipSync(jsonRow(2))]));
    expect((await at.json('import', 'a.jsonl.gz')).files[0]).toMatchObject({ resumed: null, read: 2, added: 1 });
  });

  test('when the import it was read on after is gone', async () => {
    const at = scene();
    await importRounds(at, 'a.jsonl', [jsonRow(1), jsonRow(2)]);
    const { openSqliteLedger } = await import('../../src/ledger/sqlite/open.js');
    const ledger = await openSqliteLedger({ path: at.path('tokenhub.db'), mode: 'write' });
    await ledger.begin();
    await ledger.undoImport(1, () => ({ computed: { known: false, reason: 'none' }, unit: null }));
    await ledger.commit();
    await ledger.close();
    expect(eventsOf(at)).toHaveLength(1);
    expect((await at.json('import', 'a.jsonl')).files[0]).toMatchObject({ alreadyImported: false, read: 2, added: 2 });
    expect(eventsOf(at)).toHaveLength(2);
    expect((await at.json('import', 'a.jsonl')).files[0]).toMatchObject({ alreadyImported: true, import: 3 });
  });
});

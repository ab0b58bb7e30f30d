import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { repositoryWith } from '../files/folder.js';
import { run } from './memory-io.js';
import { type Body, fixture, type Scene, scene, sceneIn } from './scene.js';

/** Columns and rows of tokenhub's own CSV. */
const COLUMNS = 'timestamp,request_id,model,provider,input_tokens,output_tokens';
const row = (id: string, input = 100, output = 20) => `2026-10-05T08:00:00Z,${id},qwen-plus,alibaba,${input},${output}`;
const csv = (...rows: readonly string[]) => `${[COLUMNS, ...rows].join('\n')}\n`;

/** Requests and tokens of everything in the ledger. */
async function totalsOf({ json }: Scene): Promise<[requests: number, tokens: number | null]> {
  const { totals } = await json('report', '--by', 'model');
  return [totals.requests, totals.tokens.total];
}

describe('a first import', () => {
  test('creates the ledger in the current folder and prints its path', async () => {
    const { tokenhub, path } = scene({ 'own.csv': fixture('usage/own.csv') });
    const { exitCode, stderr } = await tokenhub('import', 'own.csv');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`created ledger ${path('tokenhub.db')}\n`);
    expect(existsSync(path('tokenhub.db'))).toBe(true);
  });

  test('says in JSON what became of every file', async () => {
    const body = await scene({ 'own.csv': fixture('usage/own.csv') }).json('import', 'own.csv');
    expect(body).toEqual({
      schema: 'tokenhub.import/v1',
      tokenhub: expect.any(String),
      dryRun: false,
      ledgerKept: true,
      files: [
        {
          path: 'own.csv',
          import: 1,
          alreadyImported: false,
          rejectedBefore: 0,
          resumed: null,
          reusedIds: 0,
          shrunk: 0,
          source: 'tokenhub',
          role: 'app',
          account: 'acme, alibaba', // ow-1 names one; ow-2 goes to its provider's name
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          read: 2,
          added: 2,
          duplicate: 0,
          updated: 0,
          skipped: 0,
          rejected: 0,
          rejects: null,
        },
      ],
      unassigned: { events: 2, tokens: 1715 }, // 1200 + 80 and 400 + 35
      unpriced: [
        { model: 'qwen3-max', events: 1, tokens: 1280, reason: 'no price for cache write (1 h)' }, // ow-1
      ],
      lowestTier: [],
    });
  });

  test('names the columns it does not read', async () => {
    const { stderr } = await scene({ 'own.csv': fixture('usage/own.csv') }).tokenhub('import', 'own.csv');
    expect(stderr).toContain('own.csv: columns not read: note');
  });

  test.each([
    ['own.csv', 'tokenhub', 'app', 2, 2],
    ['own-short.jsonl', 'tokenhub', 'app', 3, 2], // js-3 has neither tokens nor a cost
    ['openai-chat.jsonl', 'openai', 'app', 3, 1], // a chunk and an error carry no usage
    ['openai-batch.jsonl', 'openai-batch', 'app', 2, 1], // the other line is an error
    ['openai-wrapped.jsonl', 'openai', 'app', 2, 2],
    ['dashscope.jsonl', 'dashscope', 'app', 4, 4], // d-2 used two models, d-4 failed
    ['anthropic.jsonl', 'anthropic', 'app', 2, 2],
    ['claude-code.jsonl', 'claude-code', 'app', 5, 1], // msg_a twice; the others are no calls
  ])('recognises %s as a log of %s', async (name, source, role, read, added) => {
    const [file] = (await scene({ [name]: fixture(`usage/${name}`) }).json('import', name)).files;
    expect(file).toMatchObject({ source, role, read, added, rejected: 0 });
  });

  test('takes a file of no bytes, which a killed import leaves behind, for no ledger', async () => {
    const at = scene({ 'a.csv': csv(row('r-1')), 'tokenhub.db': '' });
    expect((await at.tokenhub('import', 'a.csv', '--dry-run')).exitCode).toBe(0);
    expect(readFileSync(at.path('tokenhub.db'))).toHaveLength(0);
    expect((await at.tokenhub('import', 'a.csv')).exitCode).toBe(0);
    expect(await totalsOf(at)).toEqual([1, 120]);
  });

  test('stores neither prompts nor answers', async () => {
    const line = JSON.parse(fixture('usage/openai-wrapped.jsonl').split('\n')[0]!);
    line.request.messages = [{ role: 'user', content: 'my secret prompt' }];
    line.response.choices = [{ message: { content: 'my secret answer' } }];
    const { tokenhub, path } = scene({ 'log.jsonl': `${JSON.stringify(line)}\n` });
    expect((await tokenhub('import', 'log.jsonl')).exitCode).toBe(0);
    expect(readFileSync(path('tokenhub.db')).includes('my secret')).toBe(false);
  });
});

describe('importing again', () => {
  test('the same bytes is a no-op that says so and leaves the ledger byte for byte', async () => {
    const at = scene({ 'own.csv': fixture('usage/own.csv') });
    await at.tokenhub('import', 'own.csv');
    const before = readFileSync(at.path('tokenhub.db'));
    const { exitCode, stdout, stderr } = await at.tokenhub('import', 'own.csv');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('own.csv: already imported as import 1, nothing changed');
    expect(readFileSync(at.path('tokenhub.db')).equals(before)).toBe(true);
  });

  test('the same bytes under another name is the same', async () => {
    const at = scene({ 'a.csv': csv(row('r-1')), 'b.csv': csv(row('r-1')) });
    const { files } = await at.json('import', 'a.csv', 'b.csv');
    expect(files.map(({ alreadyImported }: Body) => alreadyImported)).toEqual([false, true]);
    expect(await totalsOf(at)).toEqual([1, 120]);
  });

  test('a request id in two files counts once', async () => {
    const at = scene({ 'a.csv': csv(row('r-1'), row('r-2')), 'b.csv': csv(row('r-2'), row('r-3')) });
    const { files } = await at.json('import', 'a.csv', 'b.csv');
    expect(files[1]).toMatchObject({ read: 2, added: 1, duplicate: 1 });
    expect(await totalsOf(at)).toEqual([3, 360]);
  });

  test('a request that comes again with larger figures is updated, not added', async () => {
    const at = scene({ 'a.csv': csv(row('r-1', 100, 1)), 'b.csv': csv(row('r-1', 100, 50)) });
    const { files } = await at.json('import', 'a.csv', 'b.csv');
    expect(files[1]).toMatchObject({ added: 0, duplicate: 0, updated: 1 });
    expect(await totalsOf(at)).toEqual([1, 150]);
  });

  test('rows without an id: two equal rows of one file are two calls, a longer copy adds only its new rows', async () => {
    const bare = (input: number) => `2026-10-05T08:00:00Z,,qwen-plus,alibaba,${input},20`;
    const at = scene({ 'a.csv': csv(bare(100), bare(100)), 'b.csv': csv(bare(100), bare(100), bare(200)) });
    const { files } = await at.json('import', 'a.csv', 'b.csv');
    expect(files.map(({ added, duplicate }: Body) => [added, duplicate])).toEqual([
      [2, 0],
      [1, 2],
    ]);
    expect(await totalsOf(at)).toEqual([3, 460]); // 120 + 120 + 220
  });

  const samples = resolve(import.meta.dirname, '../../../shared/samples/claude-code');
  test.skipIf(!existsSync(samples))('the session logs of an agent twice adds nothing the second time', async () => {
    const at = scene();
    const names = readdirSync(samples)
      .sort()
      .map((name) => join(samples, name));
    const first = await at.json('import', ...names);
    // ccusage_test-transcript.jsonl holds no times: its two calls are rejected, its two other lines skipped.
    expect(first.files.map(({ added, rejected }: Body) => [added, rejected])).toEqual([
      [3, 0],
      [0, 2],
    ]);
    const totals = await totalsOf(at);
    const second = await at.json('import', ...names);
    expect(second.files.map(({ alreadyImported, added }: Body) => [alreadyImported, added])).toEqual(
      names.map(() => [true, 0]),
    );
    // A copy with a line more is other bytes: its records are known, its new line is no call.
    writeFileSync(
      at.path('copy.jsonl'),
      `${readFileSync(names[0]!, 'utf8').trimEnd()}\n{"type":"summary","summary":"x","leafUuid":"u"}\n`,
    );
    expect((await at.json('import', 'copy.jsonl')).files[0]).toMatchObject({ alreadyImported: false, added: 0 });
    expect(await totalsOf(at)).toEqual(totals);
  });
});

describe('--dry-run', () => {
  test('leaves the ledger byte for byte, and says what would be', async () => {
    const at = scene({ 'a.csv': csv(row('r-1')), 'b.csv': csv(row('r-1'), row('r-2')) });
    await at.tokenhub('import', 'a.csv');
    const before = readFileSync(at.path('tokenhub.db'));
    const { exitCode, stdout } = await at.tokenhub('import', 'b.csv', '--dry-run', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, ledgerKept: false, files: [{ added: 1, duplicate: 1 }] });
    expect(readFileSync(at.path('tokenhub.db')).equals(before)).toBe(true);
  });

  test('creates neither a ledger nor a rejects file', async () => {
    const at = scene({ 'a.csv': csv(row('r-1'), 'yesterday,r-2,qwen-plus,alibaba,1,1') });
    const { exitCode, stdout, stderr } = await at.tokenhub('import', 'a.csv', '--dry-run');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('Dry run: nothing was changed');
    expect(stderr).toContain('a.csv:3: timestamp:');
    expect(readdirSync(at.folder)).toEqual(['a.csv']);
  });
});

describe('bad rows', () => {
  const files = { 'a.csv': csv(row('r-1'), '2026-10-05T08:00:00Z,r-2,qwen-plus,alibaba,many,20', row('r-3')) };

  test('beside good ones: the good are kept, the exit code is 2, standard error says file:line: field', async () => {
    const at = scene(files);
    const { exitCode, stdout, stderr } = await at.tokenhub('import', 'a.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^a\.csv:3: input_tokens: "many" /m);
    expect(stdout).toContain('a.csv: 1 bad row, listed in ');
    expect(await totalsOf(at)).toEqual([2, 240]);
  });

  test('are listed in a rejects file, with place, reason and hint but not the row', async () => {
    const at = scene(files);
    const { files: done } = await at.json('import', 'a.csv');
    expect(done[0]).toMatchObject({ read: 3, added: 2, rejected: 1, rejects: at.path('a.csv.rejects.jsonl') });
    const lines = readFileSync(at.path('a.csv.rejects.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        file: 'a.csv',
        line: 3,
        field: 'input_tokens',
        reason: expect.stringContaining('many'),
        hint: expect.any(String),
      },
    ]);
  });

  test('--on-error skip keeps the good rows and exits 0', async () => {
    const at = scene(files);
    expect((await at.tokenhub('import', 'a.csv', '--on-error', 'skip')).exitCode).toBe(0);
    expect(await totalsOf(at)).toEqual([2, 240]);
  });

  test('--on-error fail keeps none, of no file', async () => {
    const at = scene({ ...files, 'b.csv': csv(row('r-9')) });
    const { exitCode, stdout } = await at.tokenhub('import', 'b.csv', 'a.csv', '--on-error', 'fail');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('Bad rows: nothing was kept');
    expect(await totalsOf(at)).toEqual([0, null]);
    expect((await at.json('import', 'b.csv')).files[0]).toMatchObject({ added: 1, alreadyImported: false });
  });

  test('of several files are all listed in the one file that --rejects names', async () => {
    const bad = (id: string) => csv(`yesterday,${id},qwen-plus,alibaba,1,1`);
    const at = scene({ 'a.csv': bad('r-1'), 'b.csv': bad('r-2') });
    await at.tokenhub('import', 'a.csv', 'b.csv', '--rejects', 'bad.jsonl');
    const lines = readFileSync(at.path('bad.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).file)).toEqual(['a.csv', 'b.csv']);
  });

  test('of files of the same name in two folders are all listed', async () => {
    const bad = (id: string) => csv(`yesterday,${id},qwen-plus,alibaba,1,1`);
    const at = scene({ 'x/a.csv': bad('r-1'), 'y/a.csv': bad('r-2') });
    const { files: done } = await at.json('import', 'x/a.csv', 'y/a.csv');
    const listed = new Set<string>(done.map(({ rejects }: Body) => rejects));
    const lines = [...listed].flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n'));
    expect(lines.map((line) => JSON.parse(line).file).sort()).toEqual(['x/a.csv', 'y/a.csv']);
  });

  test('never overwrite the input, nor any other file that is no list of bad rows', async () => {
    const at = scene({ ...files, 'mine.txt': 'my work' });
    for (const name of ['a.csv', 'mine.txt']) {
      const { exitCode, stderr } = await at.tokenhub('import', 'a.csv', '--rejects', name);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(new RegExp(`^error: .*${name}`, 'm'));
    }
    expect(readFileSync(at.path('a.csv'), 'utf8')).toBe(files['a.csv']);
    expect(readFileSync(at.path('mine.txt'), 'utf8')).toBe('my work');
    expect(await totalsOf(at)).toEqual([0, null]);
  });

  test('replace the list of an earlier import, and an empty file', async () => {
    const at = scene({ ...files, 'empty.jsonl': '' });
    await at.tokenhub('import', 'a.csv');
    const list = readFileSync(at.path('a.csv.rejects.jsonl'), 'utf8');
    await at.tokenhub('import', 'a.csv', '--role', 'meter');
    expect(readFileSync(at.path('a.csv.rejects.jsonl'), 'utf8')).toBe(list);
    expect((await at.tokenhub('import', 'a.csv', '--role', 'gateway', '--rejects', 'empty.jsonl')).stdout).toContain(
      'bad row',
    );
    expect(readFileSync(at.path('empty.jsonl'), 'utf8')).toBe(list);
  });

  test('make reports over that window say that they are incomplete', async () => {
    const at = scene(files);
    await at.tokenhub('import', 'a.csv');
    const { stdout } = await at.tokenhub('report', '--period', '2026-10');
    expect(stdout).toContain('incomplete: 1 row of a.csv rejected by its import');
    expect((await at.json('report', '--period', '2026-10')).incomplete).toMatchObject([
      { import: 1, path: 'a.csv', rejected: 1 },
    ]);
    expect((await at.json('report', '--period', '2025-10')).incomplete).toEqual([]);
  });

  test('of an import that is repeated are recalled', async () => {
    const at = scene(files);
    await at.tokenhub('import', 'a.csv');
    const { stdout } = await at.tokenhub('import', 'a.csv');
    expect(stdout).toContain('already imported as import 1 (1 of its rows were bad then), nothing changed');
  });

  test.each([
    ['a count that is no whole number', '1.5', 'input_tokens'],
    ['a count below 0', '-1', 'input_tokens'],
    ['a count beyond what a computer counts exactly', '9007199254740993', 'input_tokens'],
    ['a count of a million digits', '9'.repeat(1_000_000), 'input_tokens'],
  ])('%s is rejected by its field', async (_, value, field) => {
    const at = scene({ 'a.csv': csv(`2026-10-05T08:00:00Z,r-1,qwen-plus,alibaba,${value},20`, row('r-2')) });
    const { exitCode, stderr } = await at.tokenhub('import', 'a.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`a.csv:2: ${field}: `);
    expect(stderr.length).toBeLessThan(1000);
    expect(await totalsOf(at)).toEqual([1, 120]);
  });

  test('with control characters reach the terminal as escapes only', async () => {
    const at = scene({ 'a.csv': csv('\u001b[2Jnow\u0007,r-1,qwen-plus,alibaba,1,1') });
    const { stdout, stderr } = await at.tokenhub('import', 'a.csv');
    expect(stderr).toContain('a.csv:2: timestamp:');
    expect(stdout + stderr).not.toMatch(/[\u001b\u0007]/);
  });

  test('lines that are no JSON are rejected by their line; those after them are read', async () => {
    const good = (id: string) =>
      JSON.stringify({ ts: '2026-10-05T08:00:00Z', request_id: id, model: 'qwen-plus', input: 1, output: 1 });
    const at = scene({ 'a.jsonl': `${good('r-1')}\n{"ts":\n${'['.repeat(100_000)}\n${good('r-2')}\n` });
    const { exitCode, stderr } = await at.tokenhub('import', 'a.jsonl');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^a\.jsonl:2: /m);
    expect(stderr).toMatch(/^a\.jsonl:3: /m);
    expect(await totalsOf(at)).toEqual([2, 4]);
  });
});

describe('columns of your own', () => {
  const files = { 'portal-export.csv': fixture('usage/portal-export.csv') };
  const map = 'timestamp="Start time",model="Model name",input_tokens=prompt_tok,output_tokens=completion_tok';

  test('are mapped on the command line', async () => {
    const at = scene(files);
    expect((await at.tokenhub('import', 'portal-export.csv', '--map', map)).exitCode).toBe(0);
    expect(await totalsOf(at)).toEqual([1, 13_023]); // "12,345" + 678
  });

  test('are mapped by a name in the config', async () => {
    const config = `mappings:\n  portal: { timestamp: Start time, model: Model name, input: prompt_tok, output: completion_tok }\n`;
    const at = scene({ ...files, 'tokenhub.config.yaml': config });
    expect((await at.tokenhub('import', 'portal-export.csv', '--map', 'portal')).exitCode).toBe(0);
    expect(await totalsOf(at)).toEqual([1, 13_023]);
  });

  test('that nobody knows exit 2 with a command to paste, which works', async () => {
    const at = scene(files);
    const { exitCode, stderr } = await at.tokenhub('import', 'portal-export.csv');
    expect(exitCode).toBe(2);
    const [, pasted] = /tokenhub (import portal-export\.csv --map .*)$/m.exec(stderr)!;
    const words = pasted!.split(/ (?=(?:[^"]*"[^"]*")*[^"]*$)/).map((word) => word.replaceAll('"', ''));
    expect((await at.tokenhub(...words)).exitCode).toBe(0);
    expect(await totalsOf(at)).toEqual([1, 13_023]);
  });

  test('the command to paste names the file by the path that was typed', async () => {
    const at = scene({ 'in/portal-export.csv': files['portal-export.csv'] });
    const { stderr } = await at.tokenhub('import', 'in/portal-export.csv');
    expect(stderr).toContain('tokenhub import in/portal-export.csv --map ');
  });

  test('the command to paste quotes what a shell would act on', async () => {
    const at = scene({ '-$(touch x).csv': files['portal-export.csv'] });
    const { stderr } = await at.tokenhub('import', './-$(touch x).csv');
    expect(stderr).toContain("tokenhub import './-$(touch x).csv' --map ");
    const piped = scene({}, { stdin: files['portal-export.csv'] });
    expect((await piped.tokenhub('import', '-')).stderr).toContain('tokenhub import - --map ');
  });

  test('an unknown mapping names those of the config', async () => {
    const at = scene({ ...files, 'tokenhub.config.yaml': 'mappings: { portal: { model: Model name } }\n' });
    const { exitCode, stderr } = await at.tokenhub('import', 'portal-export.csv', '--map', 'portl');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('mappings of the config: portal');
  });

  test('a column that the file does not have exits 2 with the nearest', async () => {
    const { exitCode, stderr } = await scene(files).tokenhub(
      'import',
      'portal-export.csv',
      '--map',
      'input_tokens=prompt_tokk',
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('prompt_tok');
  });
});

describe('a mapping that cannot be meant', () => {
  const FILES = { 'a.csv': 'When,Name,In,Price\n2026-10-05T08:00:00Z,qwen-plus,100,0.5\n' };
  const failing = async (map: string, ...more: readonly string[]) => {
    const { exitCode, stderr } = await scene(FILES).tokenhub('import', 'a.csv', '--map', map, ...more);
    expect(exitCode).toBe(2);
    return stderr;
  };

  test('because it names a field twice', async () => {
    const twice = 'error: --map: both "Name" and "In" would be model';
    expect(await failing('timestamp=When,model=Name,model=In,input_tokens=In')).toContain(twice);
    expect(await failing('model=Name,timestamp=When', '--map', 'model=In')).toContain(twice);
    expect(await failing('Model=Name,timestamp=When,model=In')).toContain(twice);
    expect(await failing('ts=When,timestamp=In')).toContain('both "When" and "In" would be timestamp');
    expect(await failing('tag:app=When', '--map', 'tag: app=In')).toContain('both "When" and "In" would be tag:app');
    const at = scene({ ...FILES, 'tokenhub.config.yaml': 'mappings: { portal: { ts: When, timestamp: In } }\n' });
    const { stderr } = await at.tokenhub('import', 'a.csv', '--map', 'portal');
    expect(stderr).toContain('error: --map: both "When" and "In" would be timestamp');
  });

  test('because it leaves out what every row needs', async () => {
    expect(await failing('timestamp=When,model=Name')).toContain(
      'error: a.csv: mapped so, it has no column for tokens',
    );
    const stderr = await failing('input_tokens=In');
    expect(stderr).toContain('a.csv: mapped so, it has no column for time and model\n');
    expect(stderr).toContain('needed are a time, a model and one column of tokens: --map timestamp=COLUMN');
    expect(await failing('input_tokens=In', '--at', '2026-10-05')).toContain('it has no column for model\n');
  });

  test('because a field has the name of something in JavaScript', async () => {
    for (const name of ['__proto__', 'constructor'])
      expect(await failing(`${name}=In`)).toContain(`--map: "${name}" is no field a column can be mapped to`);
  });

  test.each([
    ['after it', ['portal', 'model=Name']],
    ['before it', ['model=Name', 'portal']],
    ['by another name of the field', ['other', 'portal', 'MODEL=Name,ts=When']],
  ])('but one typed wins over one of the config, %s', async (_, maps) => {
    const config =
      'mappings: { portal: { timestamp: When, model: Price, input: In }, other: { input_tokens: Price } }\n';
    const at = scene({ ...FILES, 'tokenhub.config.yaml': config });
    const { exitCode } = await at.tokenhub('import', 'a.csv', ...maps.flatMap((map) => ['--map', map]));
    expect(exitCode).toBe(0);
    expect((await at.json('report', '--by', 'model')).rows).toMatchObject([
      { model: 'qwen-plus', tokens: { input: 100 } },
    ]);
  });

  test('but a time may be given for all rows', async () => {
    const at = scene(FILES);
    const map = ['--map', 'model=Name,input_tokens=In', '--at', '2026-10-05'];
    expect((await at.tokenhub('import', 'a.csv', ...map, '--ledger', 'at.db')).exitCode).toBe(0);
  });
});

describe('a constant of a mapping', () => {
  const MAP = 'timestamp=When,model=Name,input_tokens=In,cost=Price,currency==USD';
  const CSV = 'When,Name,In,Price\n2026-10-05T08:00:00Z,qwen-plus,100,0.5\n2026-10-05T09:00:00Z,qwen-plus,10,0.25\n';

  test('holds for every row, of a CSV, of JSON lines, and from the config', async () => {
    const call = { When: '2026-10-05T08:00:00Z', Name: 'qwen-plus', In: 100, Price: '0.75' };
    const config =
      'mappings: { portal: { timestamp: When, model: Name, input_tokens: In, cost: Price, currency: "=usd" } }\n';
    for (const [name, text, map] of [
      ['a.csv', CSV, MAP],
      ['a.csv', CSV, 'portal'],
      ['a.jsonl', `${JSON.stringify(call)}\n`, MAP],
    ] as const) {
      const { tokenhub, json } = scene({ [name]: text, 'tokenhub.config.yaml': config });
      expect((await tokenhub('import', name, '--map', map, '--role', 'bill')).exitCode).toBe(0);
      expect((await json('report')).totals.cost).toEqual({ USD: '0.75' }); // 0.5 + 0.25
    }
  });

  test('is proposed where a cost has no currency', async () => {
    const { tokenhub } = scene({ 'a.csv': CSV });
    const { stderr } = await tokenhub('import', 'a.csv', '--map', MAP.replace(',currency==USD', ''));
    expect(stderr).toContain('as in --map currency==USD');
  });

  test('wins over a column of that name, may stand for any field, and may not be empty', async () => {
    const { tokenhub, json } = scene({ 'a.csv': CSV.replace('Price', 'currency') });
    const map = 'timestamp=When,model==qwen-max,input_tokens=In,currency==USD,tag:app==portal';
    expect((await tokenhub('import', 'a.csv', '--map', map)).exitCode).toBe(0);
    expect((await json('report', '--by', 'model,tag:app')).rows).toMatchObject([
      { model: 'qwen-max', 'tag:app': 'portal', requests: 2 },
    ]);
    expect((await tokenhub('import', 'a.csv', '--map', 'currency==')).stderr).toContain('is no field=column');
  });
});

describe('files', () => {
  test('standard input is read for -', async () => {
    const at = scene({}, { stdin: csv(row('r-1')) });
    const { files } = await at.json('import', '-');
    expect(files[0]).toMatchObject({ path: 'standard-input', added: 1 });
    expect(await totalsOf(at)).toEqual([1, 120]);
  });

  test('gzip is read, whatever its name', async () => {
    const at = scene({ 'a.csv.gz': gzipSync(csv(row('r-1'))), 'b.csv': gzipSync(csv(row('r-2'))) });
    expect((await at.tokenhub('import', 'a.csv.gz', 'b.csv')).exitCode).toBe(0);
    expect(await totalsOf(at)).toEqual([2, 240]);
  });

  test('truncated gzip exits 2 and nothing is imported, of the files before it neither', async () => {
    const whole = gzipSync(csv(...Array.from({ length: 500 }, (_, i) => row(`r-${i}`))));
    const at = scene({ 'a.csv': csv(row('x-1')), 'b.csv.gz': whole.subarray(0, whole.length - 20) });
    const { exitCode, stderr } = await at.tokenhub('import', 'a.csv', 'b.csv.gz');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: b\.csv\.gz: is truncated or damaged gzip/);
    expect(existsSync(at.path('tokenhub.db'))).toBe(false);
  });

  test('an empty file warns and imports nothing', async () => {
    const { exitCode, stderr } = await scene({ 'a.csv': '' }).tokenhub('import', 'a.csv');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: a.csv: is empty');
  });

  test('an array without elements is empty, too, and stops no other file', async () => {
    const at = scene({ 'a.json': '[]', 'b.json': ' [\n] \n', 'c.csv': csv(row('r-1')) });
    const { exitCode, stderr } = await at.tokenhub('import', 'a.json', 'b.json', 'c.csv');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: a.json: is empty\nwarning: b.json: is empty\n');
    expect(await totalsOf(at)).toEqual([1, 120]);
    expect((await at.tokenhub('import', 'a.json', '--source', 'openai')).exitCode).toBe(0);
    expect((await scene({ 'a.json': '[' }).tokenhub('import', 'a.json')).exitCode).toBe(2);
  });

  test('a header without rows imports nothing and is no error', async () => {
    const [file] = (await scene({ 'a.csv': csv() }).json('import', 'a.csv')).files;
    expect(file).toMatchObject({ read: 0, added: 0, source: 'tokenhub' });
  });

  test('a missing file exits 2, names it, and creates no ledger', async () => {
    const at = scene();
    const { exitCode, stderr } = await at.tokenhub('import', 'missing.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('missing.csv');
    expect(readdirSync(at.folder)).toEqual([]);
  });

  test('a quoted glob names files, each once, and one that matches nothing exits 2', async () => {
    const at = scene({ 'logs/a.csv': csv(row('r-1')), 'logs/b.csv': csv(row('r-2')) });
    const { files } = await at.json('import', 'logs/*.csv', 'logs/a.csv');
    expect(files.map(({ path }: Body) => path)).toEqual(['logs/a.csv', 'logs/b.csv']);
    expect((await at.tokenhub('import', 'logs/*.jsonl')).exitCode).toBe(2);
  });

  test('a folder is no file', async () => {
    const { exitCode, stderr } = await scene({ 'logs/a.csv': csv(row('r-1')) }).tokenhub('import', 'logs');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('logs');
  });

  test('without files exits 2 and says so', async () => {
    const { exitCode, stderr } = await scene().tokenhub('import');
    expect(exitCode).toBe(2);
    expect(stderr).toContain("missing required argument 'files'");
  });
});

test('a CSV in GB18030 keeps the names it has in Chinese, of columns, too', async () => {
  // "项目" and "市场部"
  const [column, team] = ['cfeec4bf', 'cad0b3a1b2bf'].map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
  const text = `${COLUMNS},tag:${column}\n${row('r-1')},${team}\n`;
  const { tokenhub, json } = scene({ 'a.csv': Buffer.from(text, 'latin1') });
  expect((await tokenhub('import', 'a.csv')).stderr).toContain('warning: a.csv: is not UTF-8 and was read as GB18030');
  const { rows } = await json('report', '--by', 'tag:项目');
  expect(rows.map((each: Body) => each['tag:项目'])).toEqual(['市场部']);
});

describe('flags', () => {
  test('an unknown source exits 2 with the nearest', async () => {
    const { exitCode, stderr } = await scene({ 'a.csv': csv(row('r-1')) }).tokenhub(
      'import',
      'a.csv',
      '--source',
      'dashscop',
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--source: "dashscop" is no source of usage\n  did you mean "dashscope"?');
  });

  test('an unknown role exits 2 with the nearest', async () => {
    const { exitCode, stderr } = await scene({ 'a.csv': csv(row('r-1')) }).tokenhub(
      'import',
      'a.csv',
      '--role',
      'metre',
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean "meter"?');
  });

  test('--at is the time of records that carry none; without it they are rejected', async () => {
    const line = '{"model":"qwen-plus","request_id":"r-1","usage":{"prompt_tokens":10,"completion_tokens":5}}\n';
    const without = scene({ 'a.jsonl': line });
    const { exitCode, stderr } = await without.tokenhub('import', 'a.jsonl', '--source', 'openai');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--at');
    const at = scene({ 'a.jsonl': line });
    await at.tokenhub('import', 'a.jsonl', '--source', 'openai', '--at', '2026-10-05T08:00:00Z');
    expect((await at.json('report', '--by', 'day')).rows.map(({ day }: Body) => day)).toEqual(['2026-10-05']);
  });

  test('--tz is the zone of timestamps that name none', async () => {
    const at = scene({ 'a.csv': csv('2026-10-05 02:00:00,r-1,qwen-plus,alibaba,10,5') });
    await at.tokenhub('import', 'a.csv', '--tz', 'Asia/Shanghai');
    // 02:00 in Shanghai is 18:00 UTC of the day before.
    expect((await at.json('report', '--by', 'day')).rows.map(({ day }: Body) => day)).toEqual(['2026-10-04']);
  });

  test('an unknown zone exits 2', async () => {
    const { exitCode, stderr } = await scene({ 'a.csv': csv(row('r-1')) }).tokenhub(
      'import',
      'a.csv',
      '--tz',
      'Mars/Base',
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('"Mars/Base" is no time zone');
  });

  test('--account names the account of rows that name none', async () => {
    const at = scene({ 'own.csv': fixture('usage/own.csv') });
    expect((await at.json('import', 'own.csv', '--account', 'prod')).files[0].account).toBe('acme, prod');
    expect((await at.json('report', '--by', 'account')).rows.map(({ account }: Body) => account).sort()).toEqual([
      'acme',
      'prod',
    ]);
  });

  test('--ledger wins over TOKENHUB_LEDGER, and that over the config', async () => {
    const files = { 'a.csv': csv(row('r-1')), 'tokenhub.config.yaml': 'ledger: config.db\n' };
    const [flag, env, config] = [scene(files), scene(files), scene(files)];
    await run(['import', 'a.csv', '--ledger', 'flag.db'], { cwd: flag.folder, env: { TOKENHUB_LEDGER: 'env.db' } });
    await run(['import', 'a.csv'], { cwd: env.folder, env: { TOKENHUB_LEDGER: 'env.db' } });
    await run(['import', 'a.csv'], { cwd: config.folder });
    const ledgers = [flag, env, config].map(({ folder }) => readdirSync(folder).filter((name) => name.endsWith('.db')));
    expect(ledgers).toEqual([['flag.db'], ['env.db'], ['config.db']]);
  });
});

describe('in a git repository', () => {
  test('a new ledger that git would commit is warned about, with the command that mends it', async () => {
    const folder = repositoryWith({ 'a.csv': csv(row('r-1')) });
    const { stderr } = await sceneIn(folder).tokenhub('import', 'a.csv');
    expect(stderr).toContain('warning: git would commit it: echo tokenhub.db >> .gitignore');
  });

  test('one that git ignores is not', async () => {
    const folder = repositoryWith({ 'a.csv': csv(row('r-1')), '.gitignore': '*.db\n' });
    expect((await sceneIn(folder).tokenhub('import', 'a.csv')).stderr).not.toContain('git would commit');
  });

  test('the nearest ledger upwards is used', async () => {
    const folder = repositoryWith({ 'a.csv': csv(row('r-1')), 'sub/b.csv': csv(row('r-2')) });
    await sceneIn(folder).tokenhub('import', 'a.csv');
    await sceneIn(join(folder, 'sub')).tokenhub('import', 'b.csv');
    expect(existsSync(join(folder, 'sub', 'tokenhub.db'))).toBe(false);
    expect(await totalsOf(sceneIn(folder))).toEqual([2, 240]);
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from './memory-io.js';
import { type Body, type Files, type Scene, scene } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
const budgets = (...lines: readonly string[]): string =>
  `budgets:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`;

const COLUMNS = 'timestamp,request_id,model,provider,input_tokens,output_tokens,unit';
/** 32,000 and 800 tokens of qwen3-max: 32,000 x 1.2 + 800 x 6 = 43,200 / 1,000,000 = 0.0432 USD. */
const CALL = '2026-10-18T20:00:00Z,r-1,qwen3-max,alibaba,32000,800,chat';
const UNPRICED = '2026-10-19T20:00:00Z,r-2,mystery,nobody,100,20,chat';
const IN_CNY = '2026-10-19T20:00:00Z,r-3,qwen3-max,alibaba-cn,1000,0,chat';

/** A folder with budgets and a ledger of these rows. */
async function ledgerWith(rows: readonly string[], ...lines: readonly string[]): Promise<Scene> {
  const at = scene({ 'usage.csv': `${[COLUMNS, ...rows].join('\n')}\n`, [CONFIG]: budgets(...lines) });
  expect((await at.tokenhub('import', 'usage.csv')).exitCode).toBe(0);
  return at;
}

/** Exit code, and level and code of every verdict. */
async function verdictsOf({ tokenhub }: Scene, ...flags: string[]): Promise<[exitCode: number, ...verdicts: string[]]> {
  const { exitCode, stdout } = await tokenhub('check', '--json', ...flags);
  return [exitCode, ...JSON.parse(stdout).verdicts.map(({ level, code }: Body) => `${level} ${code}`)];
}

describe('a budget on files', () => {
  const check = (budget: string, files: Files = { 'a.md': tokens(100) }) =>
    verdictsOf(scene({ ...files, [CONFIG]: budgets(`name: prompts, ${budget}`) }));

  test.each([
    ['max: 101 tokens', 0, 'ok TH000'],
    ['max: 100 tokens', 0, 'ok TH000'], // exactly at the limit passes
    ['max: 99 tokens', 1, 'error TH001'],
    ['max: 0.1k tokens, warn: 80%', 0, 'warn TH002'], // warns above 80
    ['max: 125 tokens, warn: 80%', 0, 'ok TH000'], // exactly at the warning passes
    ['max: 200 tokens, warn: 99 tokens', 0, 'warn TH002'],
  ])('of 100 tokens against %s exits %i: %s', async (limit, exitCode, verdict) => {
    expect(await check(`paths: ["*.md"], ${limit}`)).toEqual([exitCode, verdict]);
  });

  // 100 tokens of o200k_base x 1.18 = 118 of claude-sonnet-4-5; the low end of its band is 118 x 0.75 = 88.5.
  test.each([
    [118, 0, 'ok TH000'],
    [117, 0, 'warn TH003'],
    [88, 0, 'warn TH003'],
    [87, 1, 'error TH001'],
  ])('with an approximate count against %i exits %i: %s', async (max, exitCode, verdict) => {
    expect(await check(`paths: ["*.md"], model: claude-sonnet-4-5, max: ${max} tokens`)).toEqual([exitCode, verdict]);
  });

  test('judges every file by itself, or all together with scope: total', async () => {
    const files = { 'a.md': tokens(60), 'sub/b.md': tokens(50), 'c.txt': tokens(500) };
    expect(await check('paths: ["**/*.md"], max: 60 tokens', files)).toEqual([0, 'ok TH000', 'ok TH000']);
    expect(await check('paths: ["**/*.md"], scope: total, max: 110 tokens', files)).toEqual([0, 'ok TH000']);
    expect(await check('paths: ["**/*.md"], scope: total, max: 109 tokens', files)).toEqual([1, 'error TH001']);
  });

  test('leaves out what ! names', async () => {
    const files = { 'a.md': tokens(60), 'big.md': tokens(500) };
    expect(await check('paths: ["*.md", "!big.md"], max: 60 tokens', files)).toEqual([0, 'ok TH000']);
  });

  test('whose globs match nothing is unknown: exit 3', async () => {
    expect(await check('paths: ["prompt/*.md"], max: 1k tokens')).toEqual([3, 'unknown TH004']);
  });

  test('with a file that cannot be counted is unknown: exit 3', async () => {
    const files = { 'a.md': tokens(3), 'b.md': new Uint8Array([0, 1]) };
    expect(await check('paths: ["*.md"], max: 1k tokens', files)).toEqual([3, 'ok TH000', 'unknown TH005']);
  });

  test('with an unknown model exits 2', async () => {
    const at = scene({ 'a.md': 'a', [CONFIG]: budgets('name: x, paths: [a.md], model: gpt-nine, max: 1 tokens') });
    const { exitCode, stderr } = await at.tokenhub('check');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('gpt-nine');
  });

  test('has paths relative to its config, from whatever folder it is checked', async () => {
    const at = scene({
      'prompts/a.md': tokens(100),
      'sub/x': '',
      [CONFIG]: budgets('name: p, paths: ["prompts/*.md"], max: 99 tokens'),
    });
    const { exitCode } = await run(['check'], { cwd: at.path('sub') });
    expect(exitCode).toBe(1);
  });
});

describe('a budget on the ledger', () => {
  test.each([
    ['max: 0.0433 USD', 0, 'ok TH000'],
    ['max: 0.0432 USD', 0, 'ok TH000'], // exactly at the limit passes
    ['max: 0.043199999999 USD', 1, 'error TH001'],
    ['max: 0.05 USD, warn: 80%', 0, 'warn TH002'], // warns above 0.04
    ['max: 0.054 USD, warn: 80%', 0, 'ok TH000'], // 0.0432 is exactly 80%
    ['max: 32800 tokens', 0, 'ok TH000'],
    ['max: 32799 tokens', 1, 'error TH001'],
    ['max: 32.8k tokens, warn: 32k tokens', 0, 'warn TH002'],
    ['unit: chat, max: 0.01 USD', 1, 'error TH001'],
    ['unit: other, max: 0.01 USD', 3, 'unknown TH107'],
    ['model: qwen3-max, max: 1 tokens', 1, 'error TH001'],
    ['model: qwen-plus, max: 1 tokens', 3, 'unknown TH107'],
  ])('of 0.0432 USD and 32,800 tokens against %s exits %i: %s', async (limit, exitCode, verdict) => {
    const at = await ledgerWith([CALL], `name: month, period: month, ${limit}`);
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([exitCode, verdict]);
  });

  test('in money over unpriced usage is unknown: exit 3, and 0 with --allow-unknown', async () => {
    const at = await ledgerWith([CALL, UNPRICED], 'name: month, period: month, max: 1 USD');
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([3, 'unknown TH101']);
    expect(await verdictsOf(at, '--at', '2026-10-31', '--allow-unknown')).toEqual([0, 'unknown TH101']);
    expect((await at.json('check', '--at', '2026-10-31')).passed).toBe(false);
    expect((await at.json('check', '--at', '2026-10-31', '--allow-unknown')).passed).toBe(true);
  });

  test('in tokens over unpriced usage is judged', async () => {
    const at = await ledgerWith([CALL, UNPRICED], 'name: month, period: month, max: 32920 tokens');
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([0, 'ok TH000']); // 32,800 + 120
  });

  test('breached by what has a price is a breach, whatever is unpriced and allowed', async () => {
    const at = await ledgerWith([CALL, UNPRICED], 'name: month, period: month, max: 0.01 USD');
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([1, 'error TH001']);
    expect(await verdictsOf(at, '--at', '2026-10-31', '--allow-unknown')).toEqual([1, 'error TH001']);
  });

  test('both a breach and an unknown exit 1', async () => {
    const at = await ledgerWith(
      [CALL, UNPRICED],
      'name: a, period: month, max: 1 USD',
      'name: b, period: month, max: 1 tokens',
    );
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([1, 'unknown TH101', 'error TH001']);
  });

  test('in one currency over usage in two is unknown: currencies are never added', async () => {
    const at = await ledgerWith([CALL, IN_CNY], 'name: month, period: month, max: 1 USD');
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([3, 'unknown TH102']);
  });

  test('over rows that were rejected is unknown', async () => {
    const at = await ledgerWith([CALL], 'name: month, period: month, max: 1 USD');
    writeFileSync(at.path('bad.csv'), `${COLUMNS}\n2026-10-18T20:00:00Z,r-9,qwen3-max,alibaba,many,800,chat\n`);
    await at.tokenhub('import', 'bad.csv');
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([3, 'unknown TH104']);
  });

  test('without a ledger is unknown: exit 3, and none is created', async () => {
    const at = scene({ [CONFIG]: budgets('name: month, period: month, max: 1 USD') });
    expect(await verdictsOf(at)).toEqual([3, 'unknown TH105']);
    expect(existsSync(at.path('tokenhub.db'))).toBe(false);
  });

  test('over a ledger that a killed first import left empty is unknown: exit 3', async () => {
    const at = scene({ 'tokenhub.db': '', [CONFIG]: budgets('name: month, period: month, max: 1 USD') });
    expect(await verdictsOf(at)).toEqual([3, 'unknown TH105']);
  });

  test('over a period of which the ledger holds nothing is unknown: exit 3', async () => {
    const at = await ledgerWith([CALL], 'name: month, period: month, max: 1 USD');
    expect(await verdictsOf(at, '--at', '2026-09-15')).toEqual([3, 'unknown TH103']);
  });

  test('is judged in the month that --at picks, in the zone of the config', async () => {
    const at = await ledgerWith([CALL.replace('10-18', '10-31')], 'name: month, period: month, max: 1 tokens');
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([1, 'error TH001']);
    // 20:00 UTC on 31 October is 1 November in Shanghai.
    expect(await verdictsOf(at, '--at', '2026-10-31', '--tz', 'Asia/Shanghai')).toEqual([3, 'unknown TH103']);
    expect(await verdictsOf(at, '--at', '2026-11-01', '--tz', 'Asia/Shanghai')).toEqual([1, 'error TH001']);
  });

  test.each([
    ['day', '2026-10-18', '2026-10-19'],
    ['week', '2026-10-12', '2026-10-19'], // Monday 12 to Sunday 18 October
    ['month', '2026-10-01', '2026-11-01'],
  ])('per %s holds the %s that holds the date', async (period, within, without) => {
    const at = await ledgerWith([CALL], `name: x, period: ${period}, max: 1 tokens`);
    expect((await verdictsOf(at, '--at', within))[0]).toBe(1);
    expect((await verdictsOf(at, '--at', without))[0]).toBe(3);
  });

  test('is judged now when no date is given', async () => {
    const at = await ledgerWith([CALL], 'name: month, period: month, max: 1 tokens');
    const exitCodeAt = async (now: string) => (await run(['check'], { cwd: at.folder, now })).exitCode;
    expect(await exitCodeAt('2026-10-31T23:59:59Z')).toBe(1);
    expect(await exitCodeAt('2026-11-01T00:00:00Z')).toBe(3);
  });

  test('counts views of the same tokens once', async () => {
    const at = await ledgerWith([CALL], 'name: month, period: month, max: 32800 tokens');
    await at.tokenhub('import', 'usage.csv', '--role', 'meter');
    expect(await verdictsOf(at, '--at', '2026-10-31')).toEqual([0, 'ok TH000']);
  });

  test('warns when the rules of the config are not those applied', async () => {
    const at = await ledgerWith([CALL], 'name: month, period: month, max: 1M tokens');
    writeFileSync(
      at.path(CONFIG),
      `rules: [{ unit: agent, model: qwen3-max }]\n${budgets('name: m, period: month, max: 1M tokens')}`,
    );
    expect((await at.tokenhub('check', '--at', '2026-10-31')).stderr).toContain('tokenhub units --apply');
    await at.tokenhub('units', '--apply');
    expect((await at.tokenhub('check', '--at', '2026-10-31')).stderr).toBe('');
  });
});

describe('a config', () => {
  test.each([
    ['is broken YAML', 'budgets:\n  - { name: x\nunits: 1\n', /^error: tokenhub\.config\.yaml:\d+: /],
    [
      'has an unknown key',
      'timeZone: UTC\nbudgts: []\n',
      /^error: tokenhub\.config\.yaml:2: budgts: .*\n {2}did you mean budgets\?/,
    ],
    [
      'has an unknown key in a budget',
      budgets('name: x, paths: [a], max: 1 tokens, wann: 80%'),
      /tokenhub\.config\.yaml:2: budgets\[0\]\.wann: .*\n {2}did you mean warn\?/,
    ],
    [
      'has a value of the wrong type',
      'timeZone: UTC\nbudgets: 3\n',
      /tokenhub\.config\.yaml:2: budgets: must be a list/,
    ],
    [
      'has a limit without a unit',
      budgets('name: x, paths: [a]', 'name: y, paths: [a], max: 12').replace(
        'paths: [a] }',
        'paths: [a], max: 1 tokens }',
      ),
      /tokenhub\.config\.yaml:3: budgets\[1\]\.max: /,
    ],
    [
      'has a limit of an unknown unit',
      budgets('name: x, paths: [a], max: 12 bananas'),
      /tokenhub\.config\.yaml:2: budgets\[0\]\.max: "12 bananas"/,
    ],
    ['misses a limit', budgets('name: x, paths: [a]'), /tokenhub\.config\.yaml:2: budgets\[0\]\.max: is missing/],
    [
      'has a budget on nothing',
      budgets('name: x, max: 1 tokens'),
      /tokenhub\.config\.yaml:2: budgets\[0\]: is a budget on nothing/,
    ],
    [
      'has money as a limit on files',
      budgets('name: x, paths: [a], max: 1 USD'),
      /tokenhub\.config\.yaml:2: budgets\[0\]\.max: is money/,
    ],
    [
      'has a unit that is not defined',
      `units: { chat: {} }\n${budgets('name: x, unit: chta, period: day, max: 1 USD')}`,
      /tokenhub\.config\.yaml:3: budgets\[0\]\.unit: .*\n {2}did you mean chat\?/,
    ],
    [
      'has two budgets of one name',
      budgets('name: x, paths: [a], max: 1 tokens', 'name: x, paths: [b], max: 1 tokens'),
      /tokenhub\.config\.yaml:3: budgets\[1\]\.name: /,
    ],
  ])('that %s exits 2 and names file, line and field', async (_, config, message) => {
    const { exitCode, stdout, stderr } = await scene({ a: 'a', [CONFIG]: config }).tokenhub('check');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('in JSON names its line too, and the error in JSON has them apart', async () => {
    const at = scene({ 'tokenhub.config.json': '{\n  "timeZone": "UTC",\n  "budgets": 3\n}\n' });
    const { exitCode, stderr } = await at.tokenhub('check', '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'BAD_CONFIG',
      file: 'tokenhub.config.json',
      line: 3,
      field: 'budgets',
    });
  });

  test('may stand in package.json', async () => {
    const at = scene({
      'a.md': tokens(9),
      'package.json':
        '{ "name": "x", "tokenhub": { "budgets": [{ "name": "p", "paths": "a.md", "max": "8 tokens" }] } }',
    });
    expect(await verdictsOf(at)).toEqual([1, 'error TH001']);
  });

  test('that is not there exits 2 and shows one to paste', async () => {
    const { exitCode, stderr } = await scene().tokenhub('check');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'there is no config, so there is nothing to check\n  add a budget to tokenhub.config.yaml:  budgets: [{',
    );
  });

  test('without budgets exits 2: nothing checked must not pass', async () => {
    const { exitCode, stderr } = await scene({ [CONFIG]: 'timeZone: UTC\n' }).tokenhub('check');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no budgets are given');
  });
});

describe('the output', () => {
  const files = {
    'a.md': tokens(100),
    [CONFIG]: budgets('name: small, paths: [a.md], max: 99 tokens', 'name: large, paths: [a.md], max: 1k tokens'),
  };

  test('in JSON has the documented keys and counts that are integers', async () => {
    expect(await scene(files).json('check')).toEqual({
      schema: 'tokenhub.check/v1',
      tokenhub: expect.any(String),
      verdicts: [
        {
          budget: 'small',
          rule: 'max',
          level: 'error',
          measured: 100,
          atLeast: false,
          limit: 99,
          baseline: null,
          delta: null,
          method: 'exact',
          band: null,
          code: 'TH001',
          message: 'a.md: 100 tokens, 1 over the limit of 99',
          hint: `shorten a.md, or raise \`max\` at ${CONFIG}:2`,
          path: 'a.md',
          line: null,
          section: null,
          parts: [],
          quota: null,
          config: { file: CONFIG, line: 2 },
        },
        expect.objectContaining({ budget: 'large', level: 'ok', measured: 100, limit: 1000, code: 'TH000', hint: '' }),
      ],
      passed: false,
      notes: [],
    });
  });

  test('in JSON has money as decimal text beside its currency', async () => {
    const at = await ledgerWith([CALL], 'name: month, period: month, max: 1200 USD');
    const [verdict] = (await at.json('check', '--at', '2026-10-31')).verdicts;
    expect(verdict).toMatchObject({
      measured: { amount: '0.0432', currency: 'USD' },
      limit: { amount: '1200', currency: 'USD' },
    });
  });

  test('as a table shows what broke a limit first, its hint, and a last line that counts', async () => {
    const { stdout } = await scene(files).tokenhub('check');
    expect(stdout.split('\n')[2]).toMatch(/^error +TH001 +small /);
    expect(stdout).toMatch(/^TH001 small: a\.md: 100 tokens, 1 over the limit of 99\n {2}shorten a\.md/m);
    expect(stdout).toMatch(/failed: 1 error, 0 unknown, 0 warn, 1 ok\n$/);
  });

  test.each(['csv', 'ndjson', 'markdown'])('as %s has one line per verdict', async (format) => {
    const { exitCode, stdout } = await scene(files).tokenhub('check', '--format', format);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('small');
    expect(stdout).toContain('large');
  });
});

describe('the report that a hint names', () => {
  const hintOf = async (budget: string, more: string, ...flags: readonly string[]): Promise<string> => {
    const at = await ledgerWith([CALL], `name: x, max: 1 tokens, ${budget}`);
    writeFileSync(at.path(CONFIG), `${more}${readFileSync(at.path(CONFIG), 'utf8')}`);
    return (await at.json('check', '--at', '2026-10-18', ...flags)).verdicts[0].hint;
  };

  // 2026-10-18 is a Sunday: the week began on Monday the 12th
  test.each([
    ['period: month', '--period 2026-10'],
    ['period: week', '--from 2026-10-12 --to 2026-10-18'],
    ['period: day', '--period 2026-10-18'],
  ])('of a budget with %s has %s', async (budget, flags) => {
    expect(await hintOf(budget, '')).toContain(`tokenhub report ${flags} --by model,day, or raise`);
  });

  test('has the zone only where it is not that of the config', async () => {
    const zone = 'timeZone: Asia/Shanghai\n';
    const month = 'period: month';
    expect(await hintOf(month, zone)).toContain('tokenhub report --period 2026-10 --by model,day');
    expect(await hintOf(month, zone, '--tz', 'Asia/Shanghai')).not.toContain('--tz');
    expect(await hintOf(month, zone, '--tz', 'UTC')).toContain('tokenhub report --period 2026-10 --tz UTC --by');
  });
});

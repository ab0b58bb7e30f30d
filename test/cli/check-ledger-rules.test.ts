import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { fixture, scene, sharedScene } from './scene.js';
import { type Cells, csv, ledgerOf } from './usage-ledger.js';

const CONFIG = 'tokenhub.config.yaml';
const DAY = 86_400_000;
const dayAfter = (days: number) => new Date(Date.parse('2026-08-03') + days * DAY).toISOString().slice(0, 10);

/** Monday, 2026-08-03, to Sunday, 2026-10-11: every day 100 tokens of codex at noon, and from September on 10 of aider. */
const ROWS: Cells[] = Array.from({ length: 70 }, (_, i) => dayAfter(i)).flatMap((day) => [
  ...[{ timestamp: `${day}T12:00:00Z`, request_id: day, input_tokens: 100, unit: 'chat', agent: 'codex' }],
  ...(day < '2026-09'
    ? []
    : [{ timestamp: `${day}T13:00:00Z`, request_id: `a${day}`, input_tokens: 10, agent: 'aider' }]),
]);

const at = sharedScene({ 'usage.csv': csv(...ROWS) });
beforeAll(async () => {
  expect((await at.tokenhub('import', 'usage.csv')).exitCode).toBe(0);
});

const NOW = '2026-10-12T06:00:00Z';

/** What the one budget of a config comes to. */
async function check(budget: string, when = NOW, config = '') {
  writeFileSync(at.path(CONFIG), `${config}budgets:\n  - { name: x, ${budget} }\n`);
  const { exitCode, stdout, stderr } = await at.tokenhub('check', '--at', when, '--json');
  return { exitCode, stderr, verdicts: stdout === '' ? [] : JSON.parse(stdout).verdicts };
}

const codesOf = async (budget: string, when = NOW, config = '') => {
  const { exitCode, verdicts } = await check(budget, when, config);
  return [exitCode, ...verdicts.map(({ level, code }: Record<string, string>) => `${level} ${code}`)];
};

describe('whose usage', () => {
  // October 1 to 11: codex 11 x 100, aider 11 x 10
  test.each([
    ['agent: codex, max: 1100 tokens', 0, 'ok TH000'],
    ['agent: codex, max: 1099 tokens', 1, 'error TH001'],
    ['agent: [codex, aider], max: 1210 tokens', 0, 'ok TH000'],
    ['agent: [codex, aider], max: 1209 tokens', 1, 'error TH001'],
    ['where: ["agent~ai*"], max: 110 tokens', 0, 'ok TH000'],
    ['where: ["agent~ai*"], max: 109 tokens', 1, 'error TH001'],
    ['where: agent!=codex, max: 109 tokens', 1, 'error TH001'],
    ['unit: chat, where: ["agent=aider"], max: 0 tokens', 0, 'ok TH000'],
    ['agent: (none), max: 0 tokens', 0, 'ok TH000'],
    ['where: ["role=app", "source=tokenhub"], max: 1209 tokens', 1, 'error TH001'],
    ['agent: codx, max: 1 tokens', 3, 'unknown TH107'],
    ['where: ["agent~x*"], max: 1 tokens', 3, 'unknown TH107'],
    ['account: nobody, max: 1 tokens', 3, 'unknown TH107'],
    ['where: ["tag:app=qianwen"], max: 1 tokens', 3, 'unknown TH107'],
  ])('of %s exits %i: %s', async (budget, exitCode, verdict) => {
    expect(await codesOf(`period: month, ${budget}`)).toEqual([exitCode, verdict]);
  });

  test('is told with the name that was meant, and the report of the same usage', async () => {
    const unheard = await check('period: month, agent: codx, max: 1 tokens');
    expect(unheard.verdicts[0]).toMatchObject({
      message: 'no usage of agent "codx" was ever recorded, so the name may be wrong',
      hint: `did you mean codex? mend \`agent\` at ${CONFIG}:2`,
    });
    const over = await check(`period: month, agent: codex, where: ["model~qwen*"], max: 1 tokens`);
    expect(over.verdicts[0].hint).toContain(
      "tokenhub report --period 2026-10 --by model,day --where agent=codex --where 'model~qwen*'",
    );
  });

  test('may be of a key that only a rule names, which has used nothing yet', async () => {
    const rules = 'units: { chat: {} }\nrules: [{ unit: chat, key: ["k-1"] }]\n';
    expect(await codesOf('period: month, key: k-1, max: 1 tokens', NOW, rules)).toEqual([0, 'ok TH000']);
    expect(await codesOf('period: month, key: k-2, max: 1 tokens', NOW, rules)).toEqual([3, 'unknown TH107']);
  });

  test('is what `why` explains', async () => {
    await check('period: month, agent: aider, max: 1 tokens');
    const body = await at.json('why', 'verdict:x', '--at', NOW);
    expect(body.total.tokens.total).toBe(110);
  });
});

describe('a period', () => {
  test.each([
    ['period: quarter', '2026-09-10', '2026-07-01 to 2026-09-30', 6200], // 29 x 100 + 30 x 110
    ['period: 7 days', '2026-09-10', '2026-09-04 to 2026-09-10', 770],
    ['period: 1 day', '2026-09-10', '2026-09-10', 110],
    ['period: 30 days', '2026-10-12', '2026-09-13 to 2026-10-12', 3190], // 29 days are recorded
    ['period: day, timeZone: Asia/Tokyo', '2026-09-10T15:00:00Z', '2026-09-11 (Asia/Tokyo)', 110],
  ])('%s at %s is %s', async (period, when, days, tokens) => {
    const { verdicts } = await check(`${period}, max: 1M tokens`, when);
    expect(verdicts[0]).toMatchObject({
      measured: tokens,
      message: `${tokens.toLocaleString('en-US')} tokens of 1,000,000 tokens over ${days}`,
    });
  });

  test('is of days as the zone has them, on the edge of a month and where clocks are set back', async () => {
    const call = (timestamp: string, input_tokens: number) => ({ timestamp, request_id: timestamp, input_tokens });
    const edges = await ledgerOf(
      [
        call('2026-10-24T21:59:59Z', 1), // 23:59:59 of the 24th
        call('2026-10-24T22:00:00Z', 20), // the 25th begins
        call('2026-10-25T22:59:59Z', 300), // and ends, 25 hours later
        call('2026-10-25T23:00:00Z', 4000),
        call('2028-02-29T22:30:00Z', 50_000), // the leap day still
        call('2028-02-29T23:30:00Z', 600_000), // March in Berlin
      ],
      {
        [CONFIG]:
          'timeZone: Europe/Berlin\nbudgets: [{ name: day, period: day, max: 1M tokens }, { name: month, period: month, max: 1M tokens }]\n',
      },
    );
    const measured = async (when: string) =>
      (await edges.json('check', '--at', when)).verdicts.map((verdict: { measured: number }) => verdict.measured);
    expect(await measured('2026-10-25')).toEqual([320, 4321]);
    expect(await measured('2028-02-29')).toEqual([50_000, 50_000]);
    expect(await measured('2028-03-01')).toEqual([600_000, 600_000]);
  });
});

describe('a forecast', () => {
  // used 1,210 by October 11, and 20 days of 110 ahead: 3,410; but August had 100: the mean of 56 days is less
  test.each([
    ['agent: codex, max: 3100 tokens', 0, 'ok TH000', 'ok TH000'], // 31 x 100, all days alike
    ['agent: codex, max: 3099 tokens', 1, 'ok TH000', 'error TH111'],
    ['agent: codex, max: 1099 tokens', 1, 'error TH001', undefined],
  ])('of %s exits %i: %s, %s', async (budget, exitCode, limit, forecast) => {
    const codes = [limit, forecast].filter((code) => code !== undefined);
    expect(await codesOf(`period: month, forecast: true, ${budget}`)).toEqual([exitCode, ...codes]);
  });

  test('goes from the day after the last recorded one to the end of the period, and has both ends', async () => {
    const { verdicts } = await check('period: month, forecast: true, agent: codex, max: 3099 tokens');
    expect(verdicts[1]).toMatchObject({
      ...{ measured: 3100, limit: 3099, method: 'approximate' },
      message:
        '2026-10-01 to 2026-10-31 will end at 3,100 tokens to 3,100 tokens, over the limit of 3,099 tokens even at the low end (80% range from 56 days, by weekday)',
      hint: expect.stringContaining('tokenhub report --period 2026-10 --by model,day --where agent=codex'),
    });
  });

  test('counts the day of the check as one ahead, however much is recorded of it', async () => {
    const { verdicts } = await check(
      'period: month, forecast: true, agent: codex, max: 1M tokens',
      '2026-10-08T18:00:00Z',
    );
    expect(verdicts[1].measured).toBe(3100); // 7 days recorded, 24 ahead
  });

  test('below 14 days of data warns', async () => {
    const early = await check('period: month, forecast: true, max: 1M tokens', '2026-08-16T12:00:00Z');
    expect(early.exitCode).toBe(0);
    expect(early.verdicts[1]).toMatchObject({
      ...{ level: 'warn', code: 'TH113' },
      message: 'not enough data for a forecast: 13 of 14 days',
    });
    const later = await codesOf('period: month, forecast: true, max: 1M tokens', '2026-08-17T12:00:00Z');
    expect(later).toEqual([0, 'ok TH000', 'ok TH000']);
  });

  test('of usage that began later has no days before it', async () => {
    const { verdicts } = await check('period: month, forecast: true, agent: aider, max: 1M tokens', '2026-09-10');
    expect(verdicts[1].message).toBe('not enough data for a forecast: 9 of 14 days');
  });

  test('begins where the records of its own accounts end, whatever others have', async () => {
    const rows: Cells[] = ROWS.map((row) => ({ ...row, account: row.agent === 'codex' ? 'late' : 'early' }));
    const late = rows.filter(({ account, timestamp }) => account === 'early' || `${timestamp}` < '2026-10-09');
    const accounts = await ledgerOf(late, {
      [CONFIG]: 'budgets: [{ name: x, account: late, period: month, max: 1M tokens, forecast: true, growth: 0% }]\n',
    });
    // October 1 to 8, 800, and 23 days ahead
    expect((await accounts.json('check', '--at', NOW)).verdicts).toMatchObject([
      { measured: 800 },
      { measured: 3100 },
      { measured: 800, baseline: 800 },
    ]);
  });

  test('counts days without usage since the first that had any, however long ago that was', async () => {
    const mondays = ROWS.filter(({ agent }, i) => agent === 'codex' && i < 29 && i % 7 === 0);
    const rows = [...mondays, ...ROWS.map((row) => ({ ...row, unit: 'other' }))];
    const weekly = await ledgerOf(
      rows.map((row, i) => ({ ...row, request_id: `r${i}` })),
      { [CONFIG]: 'budgets: [{ name: x, unit: chat, period: month, max: 1M tokens, forecast: true }]\n' },
    );
    // looked at are August 19 to October 11, 54 days, in which it had usage first on August 24
    const { verdicts } = await weekly.json('check', '--at', '2026-10-15T06:00:00Z');
    expect(verdicts[1].message).toContain('from 54 days, by weekday');
  });

  test('of a week and a quarter', async () => {
    const week = await check('period: week, forecast: true, agent: codex, max: 1M tokens', '2026-10-08');
    expect(week.verdicts[1].measured).toBe(700);
    const quarter = await check('period: quarter, forecast: true, agent: codex, max: 1M tokens');
    expect(quarter.verdicts[1].measured).toBe(9200); // 92 days
  });
});

describe('growth', () => {
  test('is against as many days of the period before as are recorded of this one', async () => {
    const { exitCode, verdicts } = await check('period: month, growth: 0%');
    expect(exitCode).toBe(0);
    expect(verdicts).toMatchObject([
      {
        ...{ level: 'ok', code: 'TH000', measured: 1210, baseline: 1210, delta: 0, limit: 1210 },
        message: '1,210 tokens over 2026-10-01 to 2026-10-11, after 1,210 tokens over 2026-09-01 to 2026-09-11',
      },
    ]);
  });

  test.each([
    // September 1 to 15, 15 x 110 = 1,650, after August 1 to 15 of which 1 and 2 are not recorded
    ['period: month, growth: 20%', '2026-09-15T18:00:00Z', 3, 'unknown TH118'],
    // September 4 to 10, 770, after August 28 to September 3, 4 x 100 + 3 x 110 = 730: 5.4% and 40 tokens more
    ['period: 7 days, growth: 5%', '2026-09-10T18:00:00Z', 1, 'error TH114'],
    ['period: 7 days, growth: 6%', '2026-09-10T18:00:00Z', 0, 'ok TH000'],
    ['period: 7 days, growth: { percent: 5%, floor: 39 tokens }', '2026-09-10T18:00:00Z', 1, 'error TH114'],
    ['period: 7 days, growth: { percent: 5%, floor: 40 tokens }', '2026-09-10T18:00:00Z', 0, 'ok TH000'],
    ['period: 7 days, growth: 5%, level: warn', '2026-09-10T18:00:00Z', 0, 'warn TH114'],
    ['period: 7 days, growth: 5%, agent: aider', '2026-09-07T18:00:00Z', 3, 'unknown TH118'], // nothing in August
  ])('%s at %s exits %i: %s', async (budget, when, exitCode, verdict) => {
    expect(await codesOf(budget, when)).toEqual([exitCode, verdict]);
  });

  test('stands beside the limit, which counts the whole period', async () => {
    expect(await codesOf('period: 7 days, growth: 5%, max: 769 tokens', '2026-09-10T18:00:00Z')).toEqual([
      ...[1, 'error TH001', 'error TH114'],
    ]);
  });
});

describe('an anomaly', () => {
  test('is of the last recorded day before the check against the same weekdays', async () => {
    const { verdicts } = await check('period: month, anomaly: { percent: 50%, floor: 20 tokens }');
    expect(verdicts).toMatchObject([
      {
        // of 100, 100 and 100 in August and 5 x 110 since: the two in the middle are 110
        ...{ level: 'ok', measured: 110, baseline: 110 },
        message:
          '110 tokens on 2026-10-11, and 110 tokens in the median of 8 Sundays before (2026-08-16 to 2026-10-04)',
      },
    ]);
  });

  test('is a breach when it is above both', async () => {
    const spike = { timestamp: '2026-10-09T09:00:00Z', request_id: 'spike', input_tokens: 65 };
    const with65 = await ledgerOf([...ROWS, spike], {
      [CONFIG]:
        'budgets:\n  - { name: both, period: day, anomaly: { percent: 50%, floor: 64 tokens } }\n  - { name: floor, period: day, anomaly: { percent: 50%, floor: 65 tokens } }\n  - { name: percent, period: day, anomaly: { percent: 60%, floor: 1 tokens } }\n',
    });
    const { verdicts } = await with65.json('check', '--at', '2026-10-10T06:00:00Z');
    // Friday: 175 after a median of 110
    expect(verdicts.map(({ budget, level, code }: Record<string, string>) => [budget, level, code])).toEqual([
      ['both', 'error', 'TH116'],
      ['floor', 'ok', 'TH000'],
      ['percent', 'ok', 'TH000'],
    ]);
    expect(verdicts[0]).toMatchObject({ measured: 175, baseline: 110, delta: 65, limit: 174 });
    expect(verdicts[0].hint).toContain('tokenhub report --period 2026-10-09 --by model,day');
  });

  test('needs three weeks of data', async () => {
    const anomaly = 'period: day, anomaly: { percent: 50%, floor: 1 tokens }';
    expect(await codesOf(anomaly, '2026-08-24T18:00:00Z')).toEqual([0, 'warn TH113']);
    expect(await codesOf(anomaly, '2026-08-25T18:00:00Z')).toEqual([0, 'ok TH000']); // Monday 24 after 3, 10, 17
  });

  test('has the weeks before the judged day, however late the records are, and is unknown after eight days', async () => {
    const anomaly = 'period: day, anomaly: { percent: 50%, floor: 1 tokens }';
    // Sunday, October 11
    for (const when of ['2026-10-12', '2026-10-16', '2026-10-19']) {
      const { verdicts } = await check(anomaly, when);
      expect(verdicts[0].message).toContain('the median of 8 Sundays before (2026-08-16 to 2026-10-04)');
    }
    for (const when of ['2026-10-20', '2026-11-20', '2026-12-07'])
      expect([when, await codesOf(anomaly, when)]).toEqual([when, [3, 'unknown TH115']]);
  });

  test('of a ledger that nothing was imported into for months is unknown: exit 3', async () => {
    const anomaly = 'period: day, anomaly: { percent: 50%, floor: 1 tokens }';
    expect(await codesOf(anomaly, '2027-08-01')).toEqual([3, 'unknown TH103']);
  });
});

describe('the age of data', () => {
  // the newest: aider at 13:00 on October 11
  test.each([
    ['maxAge: 17 hours', '2026-10-12T06:00:00Z', 0, 'ok TH000'],
    ['maxAge: 17 hours', '2026-10-12T06:00:00.001Z', 3, 'unknown TH115'],
    ['maxAge: 1 day', '2026-10-12T13:00:00Z', 0, 'ok TH000'],
    ['maxAge: 1 day, agent: codex', '2026-10-12T13:00:00Z', 3, 'unknown TH115'], // of noon
    ['maxAge: 1 day', '2027-03-01', 3, 'unknown TH115'],
    ['maxAge: 1 day', '2026-08-02', 3, 'unknown TH103'], // all of it is of later
    ['maxAge: 1 day', '2026-10-11T06:00:00Z', 0, 'ok TH000'], // that of 12:00 is to come
    ['maxAge: 1 hour', '2026-09-10T13:30:00Z', 0, 'ok TH000'],
    ['maxAge: 1 hour', '2026-09-10T14:30:00Z', 3, 'unknown TH115'], // what comes later does not make it fresh
  ])('%s at %s exits %i: %s', async (budget, when, exitCode, verdict) => {
    expect(await codesOf(`period: month, ${budget}`, when)).toEqual([exitCode, verdict]);
  });

  test('says when the newest usage was, in the zone of the budget', async () => {
    const { verdicts } = await check('period: month, timeZone: Asia/Tokyo, maxAge: 1 day', '2026-10-14T13:00:00Z');
    expect(verdicts[0].message).toContain('the newest usage is of 2026-10-11 22:00 (Asia/Tokyo), 3 days old');
  });

  test('of a daily bucket is from its end, and of one that is not over, none', async () => {
    const budgets = ['12 hours', '11 hours'].map((age) => `  - { name: "${age}", period: month, maxAge: ${age} }\n`);
    const days = await ledgerOf([{ timestamp: '2026-10-05', input_tokens: 5 }], {
      [CONFIG]: `budgets:\n${budgets.join('')}`,
    });
    const codes = async (when: string) =>
      (await days.json('check', '--at', when)).verdicts.map(({ code }: { code: string }) => code);
    expect(await codes('2026-10-06T12:00:00Z')).toEqual(['TH000', 'TH115']);
    expect(await codes('2026-10-05T01:00:00Z')).toEqual(['TH000', 'TH000']);
    expect((await days.json('check', '--at', '2026-10-05T01:00:00Z')).verdicts[0].message).toContain(
      '2026-10-05 01:00',
    );
  });

  test('stands beside the verdict on the limit', async () => {
    const stale = 'period: month, maxAge: 1 day, max:';
    expect(await codesOf(`${stale} 1M tokens`, '2026-10-20')).toEqual([3, 'ok TH000', 'unknown TH115']);
    expect(await codesOf(`${stale} 1 tokens`, '2026-10-20')).toEqual([1, 'error TH001', 'unknown TH115']);
  });
});

describe('buckets of a month', () => {
  test('tell of no single day: there is no forecast, and half of a month cannot be compared', async () => {
    const months = scene({
      'teams.csv': fixture('usage/litellm-team-export.csv'), // 282,000 tokens of October
      [CONFIG]:
        'budgets:\n  - { name: x, period: month, max: 282000 tokens, forecast: true, growth: 20%, anomaly: { percent: 1%, floor: 1 tokens } }\n',
    });
    await months.tokenhub('import', 'teams.csv');
    const { verdicts } = await months.json('check', '--at', '2026-10-20');
    expect(verdicts.map(({ level, code }: Record<string, string>) => `${level} ${code}`)).toEqual([
      ...['ok TH000', 'warn TH113', 'unknown TH103'], // growth and anomaly, for one reason
    ]);
  });

  test('beside daily ones of the same account do not matter', async () => {
    const calls = Array.from({ length: 70 }, (_, i) => `${dayAfter(i)},r${i},qwen3-max,alibaba,litellm,100\n`).join('');
    const both = scene({
      'teams.csv': fixture('usage/litellm-team-export.csv'),
      'usage.csv': `timestamp,request_id,model,provider,account,input_tokens\n${calls}`,
      [CONFIG]: 'budgets:\n  - { name: x, period: month, growth: 20%, max: 1M tokens, forecast: true }\n',
    });
    await both.tokenhub('import', 'teams.csv', '--account', 'litellm');
    await both.tokenhub('import', 'usage.csv');
    const { verdicts } = await both.json('check', '--at', NOW);
    expect(verdicts).toMatchObject([
      { code: 'TH000', measured: 1100 },
      { code: 'TH000', measured: 3100 },
      { code: 'TH000', measured: 1100, baseline: 1100 },
    ]);
  });
});

describe('buckets of a month among days', () => {
  const call = (day: string, account: string) => `${day},${account}${day},qwen3-max,alibaba,${account},100\n`;
  const days = (first: number, length: number) => Array.from({ length }, (_, i) => dayAfter(first + i));
  const teams = fixture('usage/litellm-team-export.csv');

  async function verdictsOf(rows: readonly string[], exported: string, budget: string, when: string) {
    const months = scene({
      'teams.csv': exported,
      'usage.csv': `timestamp,request_id,model,provider,account,input_tokens\n${rows.join('')}`,
      [CONFIG]: `budgets:\n  - { name: x, period: month, ${budget} }\n`,
    });
    await months.tokenhub('import', 'teams.csv', '--account', 'litellm');
    await months.tokenhub('import', 'usage.csv');
    return (await months.json('check', '--at', when)).verdicts;
  }

  test('are no days of a forecast', async () => {
    // calls of August 3 to 31 and from November 1 on; October is a bucket, and September had no usage
    const rows = [...days(0, 29), ...days(90, 19)].map((day) => call(day, 'litellm'));
    const verdicts = await verdictsOf(rows, teams, 'max: 1M tokens, forecast: true', '2026-11-20T06:00:00Z');
    // September 24 to 30, and November 1 to 19
    expect(verdicts[1].message).toContain('from 26 days');
  });

  test('make the month before incomparable where only a part of it is compared', async () => {
    const september = teams.replaceAll('2026-10-01,2026-10-31', '2026-09-01,2026-09-30');
    const rows = [...days(0, 70).map((day) => call(day, 'other')), ...days(59, 11).map((day) => call(day, 'litellm'))];
    expect(await verdictsOf(rows, september, 'growth: 200%', NOW)).toMatchObject([
      {
        ...{ level: 'unknown', code: 'TH118' },
        message: 'only part of 2026-09-01 to 2026-09-11 is recorded, so the growth cannot be compared',
      },
    ]);
  });
});

describe('the share of no unit', () => {
  // 110 of 1,210 tokens: 9.09%
  test.each([
    ['unassigned: 10%', 0, 'ok TH000'],
    ['unassigned: 9%', 1, 'error TH117'],
    ['unassigned: 9%, level: warn', 0, 'warn TH117'],
    ['unassigned: 0%, agent: codex', 0, 'ok TH000'],
  ])('%s exits %i: %s', async (budget, exitCode, verdict) => {
    expect(await codesOf(`period: month, ${budget}`)).toEqual([exitCode, verdict]);
  });
});

describe('a config', () => {
  test.each([
    ['period: fortnight, max: 1 tokens', 'must be one of: day, week, month, quarter'],
    ['period: 0 days, max: 1 tokens', 'must be one of: day, week, month, quarter'],
    ['period: 367 days, max: 1 tokens', 'is no period'],
    ['period: month, timeZone: Mars/Base, max: 1 tokens', 'must be a time zone'],
    ['period: month', 'is missing'],
    ['period: month, warn: 80%, growth: 1%', 'belongs to max'],
    ['period: month, forecast: true, growth: 1%', 'belongs to max'],
    ['period: day, forecast: true, max: 1 tokens', 'needs a period with an end ahead'],
    ['period: 7 days, forecast: true, max: 1 tokens', 'needs a period with an end ahead'],
    ['period: month, each: user, forecast: true, max: 1 tokens', 'does not go with each'],
    ['period: month, each: user, growth: 1%, max: 1 tokens', 'does not go with each'],
    ['period: month, each: user, maxAge: 1 day', 'belongs to max'],
    ['period: month, growth: 20', 'is no percentage'],
    ['period: month, growth: [20%]', 'must be as in 20%'],
    ['period: month, growth: twenty', 'is no percentage'],
    [
      'period: month, max: 1 USD, growth: { percent: 1%, floor: 1 tokens }',
      'has a floor in tokens, but the budget is in USD',
    ],
    ['period: month, anomaly: { percent: 50% }', 'is missing'],
    ['period: month, maxAge: soon', 'must be as in 36 hours or 2 days'],
    ['period: month, unit: chat, unassigned: 5%', 'goes with usage of all units'],
    ['period: month, where: ["unit=chat"], unassigned: 5%', 'goes with usage of all units'],
    ['period: month, where: ["agnet=x"], max: 1 tokens', 'is no field'],
    ['period: month, where: ["month=2026-10"], max: 1 tokens', 'is no field'],
    ['period: month, where: ["agent"], max: 1 tokens', 'is no condition'],
    ['paths: [a.md], agent: codex, max: 1 tokens', 'does not belong to a budget on files'],
  ])('with %s is refused: %s', async (budget, message) => {
    const { exitCode, stderr } = await check(budget);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

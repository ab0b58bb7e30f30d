import { describe, expect, test } from 'vitest';
import { type Body, type Scene, scene } from './scene.js';

const HEAD = 'timestamp,request_id,model,provider,account,unit,input_tokens,output_tokens,cost,currency';
const CALLS = [
  '2026-10-05T08:00:00Z,r-1,gpt-4o,openai,prod,chat,1000000,0',
  '2026-10-05T09:00:00Z,r-2,gpt-4o-mini,openai,prod,agent,1000000,0',
  '2026-10-05T10:00:00Z,r-3,house-1,lab,lab,agent,1000000,0',
];
/** Calls as a meter tells them, as a gateway that claims costs does, and a bill that knows models but no units. */
const FILES = {
  'meter.csv': [HEAD, ...CALLS.map((call) => `${call},,`), ''].join('\n'),
  'gateway.csv': [HEAD, `${CALLS[0]},3,USD`, `${CALLS[1]},0.2,USD`, `${CALLS[2]},,`, ''].join('\n'),
  'bill.csv': [
    HEAD,
    '2026-10-05,b-1,gpt-4o,openai,prod,,,,2.4,USD',
    '2026-10-05,b-2,gpt-4o-mini,openai,prod,,,,0.15,USD',
    '2026-10-05,b-3,house-1,lab,lab,,,,7,CNY',
    '',
  ].join('\n'),
};

async function views(...roles: ('meter' | 'gateway' | 'bill')[]): Promise<Scene> {
  const at = scene(FILES);
  for (const role of roles) expect((await at.tokenhub('import', `${role}.csv`, '--role', role)).exitCode).toBe(0);
  return at;
}

const rowsOf = ({ rows }: Body, by: string) => Object.fromEntries(rows.map((row: Body) => [row[by], row.costs]));

// gpt-4o costs 2.5 and gpt-4o-mini 0.15 per million tokens of input; house-1 has no price.
describe('report --cost all', () => {
  test('tells billed, computed and claimed beside each other, and billed less computed', async () => {
    const { json } = await views('meter', 'gateway', 'bill');
    const body = await json('report', '--by', 'model', '--cost', 'all');
    expect(body.query.cost).toBe('all');
    const none = { events: 0, tokens: 0 };
    const house = { events: 1, tokens: 1_000_000 };
    expect(rowsOf(body, 'model')).toEqual({
      'gpt-4o': {
        ...{ billed: { USD: '2.4' }, computed: { USD: '2.5' }, claimed: { USD: '3' }, difference: { USD: '-0.1' } },
        without: { billed: none, computed: none, claimed: none },
      },
      'gpt-4o-mini': {
        ...{ billed: { USD: '0.15' }, computed: { USD: '0.15' }, claimed: { USD: '0.2' }, difference: { USD: '0' } },
        without: { billed: none, computed: none, claimed: none },
      },
      'house-1': {
        ...{ billed: { CNY: '7' }, computed: {}, claimed: {}, difference: {} },
        without: { billed: none, computed: house, claimed: house },
      },
    });
    expect(body.totals.costs).toMatchObject({
      ...{ billed: { CNY: '7', USD: '2.55' }, computed: { USD: '2.65' }, claimed: { USD: '3.2' } },
      difference: {}, // house-1 has no price, so that what is computed is not all
    });
    expect(body.totals.cost).toEqual({ CNY: '7', USD: '2.55' }); // billed, else computed, as ever
  });

  test('reads each cost of what is read when it is asked for alone', async () => {
    const { json } = await views('meter', 'gateway', 'bill');
    for (const by of ['model', 'unit', 'day']) {
      const body = await json('report', '--by', by, '--cost', 'all');
      for (const cost of ['billed', 'computed', 'claimed']) {
        const alone = await json('report', '--by', by, '--cost', cost);
        expect(body.totals.costs[cost]).toEqual(alone.totals.cost);
        for (const row of alone.rows) expect(rowsOf(body, by)[row[by]][cost]).toEqual(row.cost);
      }
    }
    const { query } = await json('report', '--cost', 'all');
    expect(query.costRecordings).toEqual({
      billed: ['lab', 'prod'].map((account) => ({ role: 'bill', source: 'tokenhub', account })),
      computed: [{ role: 'meter', source: 'tokenhub', account: 'prod' }],
      claimed: [{ role: 'gateway', source: 'tokenhub', account: 'prod' }],
    });
  });

  test('does not take what a bill says of other lines for the difference of a line', async () => {
    const { json } = await views('meter', 'bill');
    const { rows } = await json('report', '--by', 'unit', '--cost', 'all', '--where', 'account=prod');
    const of = (unit: string | null) => rows.find((row: Body) => row.unit === unit).costs;
    expect(of('chat')).toMatchObject({ billed: {}, computed: { USD: '2.5' }, difference: {} });
    expect(of('chat').without.billed).toEqual({ events: 1, tokens: 1_000_000 });
    expect(of('(unassigned)')).toMatchObject({ billed: { USD: '2.55' }, computed: {}, difference: {} });
  });

  test('folds lines, and the last of them into one, whose costs add up to the total', async () => {
    const { json } = await views('meter', 'gateway', 'bill');
    const { rows, totals } = await json(
      ...['report', '--by', 'model', '--cost', 'all', '--where', 'account=prod', '--sort', 'tokens', '--top', '1'],
    );
    expect(rows[1].model).toBe('(others, 1)');
    expect(rows.map(({ costs }: Body) => costs.billed.USD).sort()).toEqual(['0.15', '2.4']);
    expect(totals.costs).toMatchObject({ billed: { USD: '2.55' }, difference: { USD: '-0.1' } }); // 2.55 - 2.65
  });

  test('prints a column for each cost, and says what each was read of and what is not known', async () => {
    const { tokenhub } = await views('meter', 'gateway', 'bill');
    const { stdout, exitCode } = await tokenhub('report', '--by', 'model', '--cost', 'all');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('cost: billed, computed and claimed side by side; ordered by billed, else computed (');
    expect(stdout).toContain('billed: read of bill tokenhub of account lab, bill tokenhub of account prod\n');
    expect(stdout).toContain(
      'computed: read of meter tokenhub of account prod; of 1 event, 1,000,000 tokens it is not known\n',
    );
    const csv = (await tokenhub('report', '--by', 'model', '--cost', 'all', '--format', 'csv')).stdout.split('\n');
    const head = csv[0]!.split(',');
    const line = csv.find((each) => each.startsWith('gpt-4o,'))!.split(',');
    expect(Object.fromEntries(head.map((name, i) => [name, line[i]]))).toMatchObject({
      ...{ cost_USD: '2.4', billed_USD: '2.4', computed_USD: '2.5', claimed_USD: '3', difference_USD: '-0.1' },
      ...{ billed_CNY: '', difference_CNY: '' },
    });
  });

  test('without it nothing of this is told', async () => {
    const { json } = await views('meter', 'bill');
    const body = await json('report', '--by', 'model');
    expect(body.query.costRecordings).toBeUndefined();
    expect(body.totals.costs).toBeUndefined();
  });
});

import { expect, test } from 'vitest';
import { scene } from './scene.js';

const HEADER = 'timestamp,request_id,model,provider,account,input_tokens,output_tokens\n';
const row = (at: string, id: string, input: number) => `${at},${id},qwen-plus,alibaba,A,${input},0\n`;

/** X began a second before midnight in Shanghai and was metered a second after it; Y was never metered. */
const APP = HEADER + row('2026-10-05T15:00:00Z', 'Y', 1) + row('2026-10-05T15:59:59Z', 'X', 100);
const METER = HEADER + row('2026-10-05T16:00:01Z', 'X', 100);

const imported = async () => {
  const at = scene({ 'app.csv': APP, 'meter.csv': METER });
  await at.tokenhub('import', 'app.csv');
  await at.tokenhub('import', '--role', 'meter', 'meter.csv');
  return at;
};

test('a request that two views date on the two sides of midnight counts once, on the day of the meter', async () => {
  const at = await imported();
  const { totals, rows, query } = await at.json('report', '--by', 'day', '--tz', 'Asia/Shanghai');
  expect(totals).toMatchObject({ requests: 2, tokens: { total: 101 } }); // Y 1 + X 100
  expect(rows.map(({ day, tokens }: { day: string; tokens: { total: number } }) => [day, tokens.total])).toEqual([
    ['2026-10-05', 1],
    ['2026-10-06', 100],
  ]);
  const app = query.recordings.find(({ role }: { role: string }) => role === 'app');
  expect(app.leftOut.twins).toMatchObject({ events: 1, tokens: 100 });
});

test('reports of the two days tile: together they hold what the whole does', async () => {
  const at = await imported();
  const of = async (day: string) =>
    (await at.json('report', '--period', day, '--tz', 'Asia/Shanghai')).totals.tokens.total;
  expect([await of('2026-10-05'), await of('2026-10-06')]).toEqual([1, 100]);
});

test('where both views date it on one day, the meter alone is read that day', async () => {
  const at = await imported();
  expect((await at.json('report', '--tz', 'UTC')).totals.tokens.total).toBe(100);
});

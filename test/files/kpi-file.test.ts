import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeText, type TokenhubError } from '../../src/errors/tokenhub-error.js';
import { readKpiFile } from '../../src/files/kpi-file.js';
import { formatDecimal } from '../../src/pricing/decimal.js';
import { folderWith } from './folder.js';

const read = (text: string) => readKpiFile(join(folderWith({ 'kpi.csv': text }), 'kpi.csv'), 'kpi.csv');

async function complaint(text: string): Promise<string> {
  const error = await read(text).then(
    () => expect.fail('was accepted'),
    (thrown: TokenhubError) => thrown,
  );
  return `${placeText(error.place)}: ${error.message}`;
}

test('columns may stand in any order and letter case, among others; an empty value is not known', async () => {
  const metrics = await read(
    '\ufeffMetric,Note,VALUE,Date,Unit\n' +
      'tickets,x,12,2026-10-05,wukong\n' +
      'users,,0.5,2026/10/05,\n' +
      'tickets,,,2026-10-06,wukong\n',
  );
  const shown = [...metrics.values()].map(({ metric, values }) => [
    metric,
    values.map(({ day, unit, value }) => [day, unit, formatDecimal(value)]),
  ]);
  expect(shown).toEqual([
    ['tickets', [['2026-10-05', 'wukong', '12']]],
    ['users', [['2026-10-05', null, '0.5']]],
  ]);
});

const HEAD = 'date,unit,metric,value\n';

test.each([
  ['date,unit,value\n2026-10-05,a,1\n', 'kpi.csv:1: column metric is missing'],
  [`${HEAD}2026-10-05,a,tickets,1\n2026-13-05,a,tickets,1\n`, 'kpi.csv:3: date: "2026-13-05" is no time'],
  [`${HEAD}2026-10-05T08:00:00Z,a,tickets,1\n`, 'kpi.csv:2: date: "2026-10-05T08:00:00Z" is no day'],
  [`${HEAD},a,tickets,1\n`, 'kpi.csv:2: date: is missing'],
  [`${HEAD}2026-10-05,a,,1\n`, 'kpi.csv:2: metric: is missing'],
  [`${HEAD}2026-10-05,a,tickets,many\n`, 'kpi.csv:2: value: "many" is no decimal number'],
  [`${HEAD}2026-10-05,a,tickets,-1\n`, 'kpi.csv:2: value: "-1" is below 0'],
  [
    `${HEAD}2026-10-05,a,tickets,1\n2026-10-05,b,tickets,1\n2026-10-05,a,tickets,2\n`,
    'kpi.csv:4: value: "2026-10-05, a, tickets" stands on line 2, too',
  ],
  [`${HEAD}2026-10-05,a,tickets\n`, 'kpi.csv:2: row has 3 fields, the header 4'],
])('%j is refused at its place', async (text, expected) => {
  expect(await complaint(text)).toBe(expected);
});

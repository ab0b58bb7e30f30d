import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeText, type TokenhubError } from '../../src/errors/tokenhub-error.js';
import { readRatesFile } from '../../src/files/rates-file.js';
import { folderWith } from './folder.js';

const read = (text: string, name = 'rates.csv') => readRatesFile(join(folderWith({ [name]: text }), name));

const complaint = (text: string): Promise<string> =>
  read(text).then(
    () => 'was accepted',
    ({ place, message }: TokenhubError) =>
      `${placeText({ ...place, file: place.file!.replace(/.*\//, '') })}: ${message}`,
  );

const HEAD = 'date,base,quote,rate,source\n';
const RATE = { date: '2026-10-30', base: 'USD', quote: 'CNY', rate: { units: 71088n, scale: 4 }, source: 'PBoC' };

describe('a rates file', () => {
  test('is CSV by column names, in any order and case, other columns aside', async () => {
    const text = '\ufeffSource;Rate;Quote;Base;Date;Remark\nPBoC;7.1088;cny;usd;2026-10-30;fixing\n';
    expect(await read(text)).toEqual([RATE]);
  });

  test('is a JSON array, whose numbers are read from their text', async () => {
    const json = `[{"date":"2026-10-30","base":"USD","quote":"CNY","rate":7.1088,"source":"PBoC"},
      {"date":"2026-10-30","base":"USD","quote":"EUR","rate":0.12345678901234567890123,"source":"ECB"}]`;
    const rates = await read(json, 'rates.json');
    expect(rates[0]).toEqual(RATE);
    expect(rates[1]!.rate).toEqual({ units: 12345678901234567890123n, scale: 23 });
  });

  test('may hold both directions of a pair and a pair on many days', async () => {
    const rows = '2026-10-30,USD,CNY,7.1,a\n2026-10-30,CNY,USD,0.14,a\n2026-10-29,USD,CNY,7.1,a\n';
    expect(await read(HEAD + rows)).toHaveLength(3);
  });
});

describe('what is wrong is named by file, line and field', () => {
  test.each([
    ['2026-10-30,USD,CNY,0,a', 'rates.csv:2: rate: "0" is not understood'],
    ['2026-10-30,USD,CNY,-7,a', 'rates.csv:2: rate: "-7" is not understood'],
    ['2026-10-30,USD,CNY,"7,1",a', 'rates.csv:2: rate: "7,1" is not understood'],
    ['2026-10-30,USD,CNY,,a', 'rates.csv:2: rate: is missing'],
    ['2026-02-30,USD,CNY,7,a', 'rates.csv:2: date: "2026-02-30" is not understood'],
    ['30.10.2026,USD,CNY,7,a', 'rates.csv:2: date: "30.10.2026" is not understood'],
    ['2026-10-30,US$,CNY,7,a', 'rates.csv:2: base: "US$" is not understood'],
    ['2026-10-30,USD,usd,7,a', 'rates.csv:2: quote: USD is the base too'],
    ['2026-10-30,USD,CNY,7,', 'rates.csv:2: source: is missing'],
    ['2026-10-30,USD,CNY', 'rates.csv:2: row has 3 fields, the header 5'],
    [
      '2026-10-30,USD,CNY,7,a\n2026-10-30,usd,cny,7,b',
      'rates.csv:3: rate: a rate of USD in CNY on 2026-10-30 stands in line 2 too',
    ],
  ])('%j', async (rows, expected) => {
    expect(await complaint(`${HEAD}${rows}\n`)).toBe(expected);
  });

  test('also in JSON, and of a file that is none', async () => {
    expect(await complaint('[\n{"date":"2026-10-30","base":"USD","quote":"CNY","rat":7}]')).toBe(
      'rates.csv:2: "rat" is no field of a rate',
    );
    expect(await complaint('{"USD": 7}')).toBe('rates.csv:1: is no list');
    expect(await complaint('day,base\n1,2\n')).toBe('rates.csv:2: date: is missing');
    await expect(readRatesFile('/nowhere/rates.csv')).rejects.toThrow(/cannot be read: ENOENT/);
  });
});

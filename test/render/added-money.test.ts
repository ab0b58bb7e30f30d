import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../random.js';
import { printSums } from '../../src/render/added-money.js';

const CNY = 10n ** 12n;

describe('two columns and their sum', () => {
  test('have the decimals of the finer one', () => {
    // 0.049 needs three of them, so 15.3 has three as well
    const milli = CNY / 1000n;
    expect(printSums([37_203n * milli, 49n * milli], [15_300n * milli, 0n])).toEqual({
      first: { lines: ['37.203', '0.049'], total: '37.252' },
      second: { lines: ['15.300', '0.000'], total: '15.300' },
      sum: { lines: ['52.503', '0.049'], total: '52.552' },
    });
  });

  test('get more decimals where the total so printed would not be the exact one rounded', () => {
    // thirds of 10 and of 20: 3.33 + 6.67 is 10.00, rows and all
    const third = (10n * CNY) / 3n;
    const { first, second, sum } = printSums([third], [10n * CNY - third]);
    expect([first.total, second.total, sum.total]).toEqual(['3.33', '6.67', '10.00']);
    // 0.005 + 0.005: halves round to even 0, and 0.00 is not the 0.01 they are together
    const half = printSums([5n * 10n ** 9n, CNY], [5n * 10n ** 9n, CNY]);
    expect(half.first.total.length).toBe('1.005'.length);
    expect([half.first.total, half.second.total, half.sum.total]).toEqual(['1.005', '1.005', '2.010']);
  });

  test('add up across and downwards, and no line is off by a last place', () => {
    const amount = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });
    const lines = fc.array(fc.tuple(amount, amount), { maxLength: 30 });
    fc.assert(
      fc.property(lines, (rows) => {
        const { first, second, sum } = printSums(
          rows.map(([a]) => a),
          rows.map(([, b]) => b),
        );
        const pico = (text: string) => {
          const [whole = '', decimals = ''] = text.split('.');
          return BigInt(`${whole}${decimals.padEnd(12, '0')}`);
        };
        const all = [first, second, sum];
        for (const { lines: texts, total } of all)
          expect(texts.reduce((whole, text) => whole + pico(text), 0n)).toBe(pico(total));
        for (const [i, [a, b]] of rows.entries()) {
          expect(pico(first.lines[i]!) + pico(second.lines[i]!)).toBe(pico(sum.lines[i]!));
          const off = pico(sum.lines[i]!) - a - b;
          const place = 10n ** BigInt(12 - sum.total.split('.')[1]!.length);
          expect(off < place && off > -place).toBe(true);
        }
        expect(new Set(all.map(({ total }) => total.split('.')[1]!.length)).size).toBe(1);
      }),
    );
  });
});

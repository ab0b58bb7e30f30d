import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../random.js';
import { type ClosingContent, contentText, readContent } from '../../../src/hub/closing/closing-content.js';
import { correctionsOf } from '../../../src/hub/closing/correction.js';
import { line, usd } from './lines.js';

const CONTENT: ClosingContent = {
  period: '2026-10',
  firstDay: '2026-10-01',
  lastDay: '2026-10-31',
  timeZone: 'UTC',
  lines: [line({ quantities: { image: 3n } }), line({ unit: null, cost: null, price: null, unpriced: 'no price' })],
  rules: { hash: 'h', json: '{"version":1}' },
  prices: [{ name: 'alibaba', asOf: '2026-04-01' }],
  rates: {
    sha256: 's',
    currency: 'USD',
    rates: [{ date: '2026-10-01', base: 'USD', quote: 'CNY', rate: '7.1', source: 'ECB' }],
  },
  shared: {
    splits: [
      {
        ...{ kind: 'unit', from: 'gateway', what: 'gateway' },
        parts: [{ unit: 'wukong', by: '60%', cost: { USD: 6n } }],
        unallocated: { USD: 4n },
      },
    ],
    warnings: ['too low'],
  },
  unpriced: [{ units: [null], events: 2n, tokens: 20n, unsplit: { events: 1n, tokens: 10n } }],
  imports: [{ id: 1, path: 'a.csv', sha256: 's' }],
  accepted: [{ check: 'gaps', message: 'holidays' }],
  corrections: [
    {
      ...{ closing: 1, period: '2026-09', cause: { added: [], removed: [] } },
      lines: correctionsOf([line()], [line({ cost: usd(2n ** 70n) })]),
    },
  ],
};

test('what is frozen is read back as it was, to the last digit', () => {
  expect(readContent(contentText(CONTENT), '2026-10')).toEqual(CONTENT);
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), fc.string(), (pico, input, unit) => {
      const content = { ...CONTENT, lines: [line({ unit, cost: usd(pico), tokens: { input } })] };
      expect(readContent(contentText(content), '2026-10')).toEqual(content);
    }),
  );
});

test('its text does not depend on the order in which names were given', () => {
  const { period, ...rest } = CONTENT;
  expect(contentText({ ...rest, period })).toBe(contentText(CONTENT));
});

test.each(['', '{}', 'null', '{"version":2}', '{"version":1}', '{"version":1,"lines":[{}],"corrections":[]}'])(
  'a text that is no content is an error: %s',
  (text) => {
    expect(() => readContent(text, '2026-10')).toThrow(
      expect.objectContaining({ code: 'CLOSING_DAMAGED', exitCode: 3 }),
    );
  },
);

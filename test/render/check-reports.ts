/** Reports of checks for tests of what is written of them. */

import fc from 'fast-check';
import { FINDINGS } from '../../src/budget/codes.js';
import type { Verdict } from '../../src/budget/verdict.js';
import type { CheckReport } from '../../src/render/check-report.js';
import { verdict } from '../budget/budgets.js';

/** A check in the folder `packages/chat` of a repository that failed, or with other facts. */
export const checkReport = (verdicts: readonly Verdict[], facts: Partial<CheckReport> = {}): CheckReport => ({
  verdicts,
  passed: false,
  leniency: { failOn: 'error', allowUnknown: false },
  notes: [],
  folders: { top: '/repo', config: '/repo/packages/chat', current: '/repo/packages/chat' },
  ...facts,
});

export const ok = (facts: Partial<Verdict> = {}): Verdict =>
  verdict({ level: 'ok', code: 'TH000', measured: 900n, message: 'a.md: 900 of 1,000 tokens', hint: '', ...facts });

/** What names can do harm with. */
const NASTY = [
  ...['|', '\\|', '`', '``', '<script>', '</code>', '<!--', '-->', '</details>', ']]>', '&amp;', '&', '"', "'", '$x$'],
  ...['\n', '\r', '\r\n', '\t', '\0', '\u001b[2J', '\u0085', '\u2028', '\ud800', '\udc00', '\ufffe', '\uffff', '😀'],
  ...['%0A', '%', '::error::', '::', ',', ':', '##[error]', '@octocat', '#123', 'GH-1', 'o/r#1', ':smile:'],
  ...['https://x.example/a', 'www.x.example', 'a@x.example', '[a](b)', '![a](b)', '..', '/', '\\', ' ', '=1+1'],
];

export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
  .map((parts) => parts.join(''));

const figure = fc.oneof(
  fc.constant(null),
  fc.bigInt(-(10n ** 20n), 10n ** 20n),
  fc.bigInt(-(10n ** 20n), 10n ** 20n).map((pico) => ({ currency: 'USD', pico, text: null })),
  fc.record({ quantity: hostileText, millionths: fc.bigInt(0n, 10n ** 15n) }),
);

const hostileVerdict: fc.Arbitrary<Verdict> = fc
  .record({
    budget: hostileText,
    finding: fc.constantFrom(...FINDINGS),
    measured: figure,
    limit: figure,
    delta: figure,
    atLeast: fc.boolean(),
    message: hostileText,
    hint: hostileText,
    path: fc.option(hostileText),
    line: fc.option(fc.integer({ min: 1 })),
    section: fc.option(fc.array(hostileText, { maxLength: 3 })),
    parts: fc.array(fc.record({ name: hostileText, tokens: fc.bigInt(0n, 10n ** 9n), delta: fc.constant(1n) })),
    holder: fc.option(hostileText),
  })
  .map(({ finding: { code, level }, holder, delta, ...facts }) =>
    verdict({
      ...facts,
      code,
      level: level === 'breach' ? 'error' : level,
      delta,
      baseline: delta,
      ...(holder === null ? {} : { quota: { each: 'user', value: holder, values: 1 } }),
    }),
  );

/** Reports whose every text is hostile. */
export const hostileReport: fc.Arbitrary<CheckReport> = fc
  .record({
    verdicts: fc.array(hostileVerdict, { maxLength: 8 }),
    notes: fc.array(hostileText, { maxLength: 2 }),
    passed: fc.boolean(),
    allowUnknown: fc.boolean(),
  })
  .map(({ verdicts, allowUnknown, ...facts }) =>
    checkReport(verdicts, { ...facts, leniency: { failOn: 'error', allowUnknown } }),
  );

import type { FileBudget } from '../../src/budget/files/file-budget.js';
import type { FileMeasure } from '../../src/budget/files/file-measure.js';
import type { LimitedBudget } from '../../src/budget/ledger/judge-ledger.js';
import type { Verdict } from '../../src/budget/verdict.js';

const place = { file: 'tokenhub.config.yaml', line: 7 };

/** A budget on files of 1,000 tokens each, or with other facts. */
export const fileBudget = (facts: Partial<FileBudget> = {}): FileBudget => ({
  kind: 'files',
  name: 'prompts',
  paths: ['prompts/*.md'],
  root: '/repo',
  shownFrom: '/repo',
  scope: 'file',
  model: null,
  encoding: null,
  content: 'text',
  max: { tokens: 1000 },
  maxIncrease: null,
  warn: null,
  tolerance: null,
  allowEmpty: false,
  assume: { outputTokens: 0, calls: 1 },
  level: 'error',
  place,
  ...facts,
});

export const usd = (pico: bigint) => ({ cost: { currency: 'USD', pico, text: null } });

/** A budget on the ledger of 10 USD a month, or with other facts. */
export const ledgerBudget = (facts: Partial<LimitedBudget> = {}): LimitedBudget => ({
  kind: 'ledger',
  name: 'month',
  unit: null,
  model: null,
  where: [],
  period: 'month',
  timeZone: null,
  each: null,
  forecast: false,
  growth: null,
  anomaly: null,
  maxAge: null,
  unassigned: null,
  max: usd(10n * 10n ** 12n),
  warn: null,
  level: 'error',
  place,
  ...facts,
});

export const fileMeasure = (tokens: number, facts: Partial<FileMeasure> = {}): FileMeasure => ({
  path: 'a.md',
  section: null,
  tokens,
  atLeast: false,
  ...facts,
});

/** A breach of 1,200 tokens over 1,000 in one file, or with other facts. */
export const verdict = (facts: Partial<Verdict> = {}): Verdict => ({
  budget: 'prompts',
  place,
  rule: 'max',
  level: 'error',
  measured: 1200n,
  atLeast: false,
  limit: 1000n,
  baseline: null,
  delta: null,
  method: 'exact',
  band: null,
  code: 'TH001',
  message: 'a.md: 1,200 tokens, 200 over the limit of 1,000',
  hint: 'shorten a.md, or raise `max` at tokenhub.config.yaml:7',
  path: 'a.md',
  line: null,
  section: null,
  parts: [],
  ...facts,
});

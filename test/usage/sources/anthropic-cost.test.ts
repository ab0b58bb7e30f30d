import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { claudeModelId } from '../../../src/usage/anthropic/display-name.js';
import { anthropicCostCsv, anthropicCostJson } from '../../../src/usage/sources/anthropic-cost.js';
import {
  csvColumns,
  csvRows,
  eventOf,
  eventsOf,
  jsonDocument,
  partsOf,
  recognisedBy,
  record,
  rejection,
  sampleLines,
  UTC,
} from '../fixture.js';

const rows = csvRows('anthropic-cost.csv');
const decodeRow = anthropicCostCsv.decoder(UTC);
const CENT = 10_000_000_000n;

/** Charges of a row with their amounts in cents. */
const chargesOf = (row: object) =>
  eventsOf(anthropicCostCsv, row).map(({ charge, statedCost }) => [charge, statedCost!.pico / CENT]);

describe("a row of the Console's cost CSV", () => {
  test('is a cost of one kind of token, of no count, under the id of its model', () =>
    expect(eventOf(anthropicCostCsv, rows[0])).toMatchObject({
      ...{ id: null, day: '2026-10-20', model: 'claude-haiku-4-5', provider: 'anthropic', requests: 0 },
      ...{ account: null, mode: 'standard', tierUpTo: 200_000, charge: 'usage', tokens: NO_TOKENS, quantities: {} },
      statedCost: { currency: 'USD', pico: 5n * CENT },
      origin: { key: 'portal-key', workspace: 'Default', tags: { token_type: 'input_no_cache' } },
    }));
  test('below the list price is that price and a discount, which together are what is owed', () => {
    expect(chargesOf(rows[2]!)).toEqual([
      ['usage', 100n],
      ['discount', -10n],
    ]);
    expect(chargesOf(rows[3]!)).toEqual([
      ['usage', 40n],
      ['discount', -40n],
    ]);
  });
  test('above it is that price and another charge', () =>
    expect(chargesOf({ ...rows[2], cost_usd: '1.25' })).toEqual([
      ['usage', 100n],
      ['other', 25n],
    ]));
  test('of nothing, also by the list price, is skipped', () => {
    expect(decodeRow(record(rows[4]))).toEqual({ skipped: 'no cost' });
    expect(decodeRow(record({ ...rows[4], list_price_usd: '' }))).toEqual({ skipped: 'no cost' });
  });
  test('without a model is named by what it is a cost of', () =>
    expect(eventOf(anthropicCostCsv, rows[5])).toMatchObject({
      ...{ model: 'web_search', tierUpTo: null, origin: { tags: { cost_type: 'web_search' } } },
    }));
  test('of a service that is not known keeps it as a tag', () =>
    expect(eventOf(anthropicCostCsv, { ...rows[0], usage_type: 'session' })).toMatchObject({
      ...{ mode: 'standard', origin: { tags: { usage_type: 'session' } } },
    }));
  test('with a negative cost is a credit', () =>
    expect(chargesOf({ ...rows[0], cost_usd: '-0.05', list_price_usd: '-0.05' })).toEqual([['credit', -5n]]));
  test('is the same bucket whatever became of its key', () => {
    const { api_key_id, api_key_status, ...before } = rows[0]!;
    expect(eventOf(anthropicCostCsv, before)).toEqual(eventOf(anthropicCostCsv, rows[0]));
    expect(eventOf(anthropicCostCsv, { ...rows[0], api_key: '' }).origin.key).toBe(api_key_id);
    expect(api_key_status).toBe('active');
  });
});

const OLD = 'usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd';
const HEADERS = [
  OLD,
  'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type',
  'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed',
  'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status',
].map((header) => header.split(','));

test.each(HEADERS.map((columns) => [columns.length, columns] as const))(
  'a header of %i columns is known',
  (_, columns) => {
    expect(recognisedBy({ columns })).toEqual(['anthropic-cost table']);
    const row = Object.fromEntries(columns.map((column) => [column, rows[1]![column]]));
    expect(eventOf(anthropicCostCsv, row)).toMatchObject({
      ...{ model: 'claude-haiku-4-5', statedCost: { pico: 2n * CENT }, origin: { tags: { token_type: 'output' } } },
      tierUpTo: columns.length === 7 ? null : 200_000,
    });
  },
);

test.each([
  ['Claude Haiku 4.5', 'claude-haiku-4-5'],
  ['Claude Opus 5', 'claude-opus-5'],
  ['Claude 3.5 Sonnet 2024-10-22', 'claude-3-5-sonnet-20241022'],
  ['Claude 3 Opus', 'claude-3-opus'],
  ['claude-haiku-4-5-20251001', 'claude-haiku-4-5-20251001'],
  ['Claude Opus 5, preview', 'Claude Opus 5, preview'],
  ['Batch of claude', 'Batch of claude'],
])('the display name %j is the id %j', (name, id) => expect(claudeModelId(name)).toBe(id));

test.each([
  [{ cost_usd: '' }, 'cost_usd'],
  [{ cost_usd: 'banana' }, 'cost_usd'],
  [{ list_price_usd: '$1' }, 'list_price_usd'],
  [{ usage_date_utc: 'not-a-date' }, 'usage_date_utc'],
  [{ context_window: '?' }, 'context_window'],
])('a row with %j is rejected, the field named', (change, field) =>
  expect(rejection(() => decodeRow(record({ ...rows[0], ...change }))).field).toBe(field),
);

describe('a page of the Cost Admin API', () => {
  const { events, rejected } = partsOf(anthropicCostJson, jsonDocument('anthropic-cost.json'));
  test('has amounts in cents, and parts of them', () =>
    expect(events[0]).toMatchObject({
      ...{ day: '2026-10-20', model: 'claude-opus-4-6', mode: 'batch', tierUpTo: 200_000, requests: 0 },
      // 123.4567 cents = 1.234567 dollars
      ...{ statedCost: { currency: 'USD', pico: 1_234_567_000_000n, text: null }, charge: 'usage' },
      origin: { workspace: 'wrkspc_1', tags: { token_type: 'uncached_input_tokens' } },
    }));
  test('names a cost without a model by its type, or by nothing', () => {
    expect(events[1]).toMatchObject({ model: 'code_execution', statedCost: { pico: 250n * CENT } });
    expect(events[2]).toMatchObject({ model: '(no model)', charge: 'credit', statedCost: { pico: -50n * CENT } });
  });
  test('keeps its good results beside a bad one', () => {
    expect(events).toHaveLength(3);
    expect(rejected).toEqual(['data.0.results.3.amount']);
  });
  test('may state more cents than dollars fit a ledger, and no other currency', () => {
    const page = (result: object) => ({
      data: [{ starting_at: '2026-10-20T00:00:00Z', ending_at: '2026-10-21T00:00:00Z', results: [result] }],
    });
    const large = eventOf(anthropicCostJson, page({ amount: '90000000', currency: 'USD' }));
    expect(large.statedCost!.pico).toBe(90_000_000n * CENT);
    const written = eventOf(anthropicCostJson, page({ amount: '1.25e2', currency: 'USD' }));
    expect(written.statedCost).toEqual({ currency: 'USD', pico: 125n * CENT, text: null });
    expect(partsOf(anthropicCostJson, page({ amount: '100', currency: 'JPY' })).rejected).toEqual([
      'data.0.results.0.currency',
    ]);
  });
});

test('its files are recognised by it alone', () => {
  expect(recognisedBy(csvColumns('anthropic-cost.csv'))).toEqual(['anthropic-cost table']);
  expect(recognisedBy({ value: jsonDocument('anthropic-cost.json') })).toEqual(['anthropic-cost-api json']);
});

const SAMPLE = sampleLines('anthropic-admin-api/cost_report.json');
test.skipIf(SAMPLE === null)('the shared sample is a dollar', () => {
  expect(recognisedBy({ value: SAMPLE![0] })).toEqual(['anthropic-cost-api json']);
  expect(eventOf(anthropicCostJson, SAMPLE![0])).toMatchObject({
    ...{ day: '2026-05-01', model: 'claude-opus-4-7', statedCost: { pico: 100n * CENT } },
  });
});

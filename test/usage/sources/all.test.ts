import { describe, expect, test } from 'vitest';
import { detectSource, findSource, SOURCE_NAMES, SOURCES } from '../../../src/usage/sources/all.js';
import { record, rejection, UTC } from '../decode.js';
import { csvRows, jsonLines, sampleLines, sampleNames } from '../fixtures.js';

test('every source is known by name and kind of file', () => {
  for (const source of SOURCES) expect(findSource(source.name, source.kind)).toBe(source);
  expect(new Set(SOURCES.map(({ name, kind }) => `${name} ${kind}`)).size).toBe(SOURCES.length);
  expect(SOURCE_NAMES).toEqual([...new Set(SOURCES.map(({ name }) => name))]);
});

test('an unknown source suggests the nearest, a known one of another kind of file says so', () => {
  expect(rejection(() => findSource('claud-code', 'json'))).toMatchObject({
    code: 'UNKNOWN_SOURCE',
    hint: 'did you mean "claude-code"?',
  });
  expect(rejection(() => findSource('openai', 'table'))).toMatchObject({ code: 'WRONG_FILE_KIND' });
});

describe('the lines of a file are recognised', () => {
  test.each([
    ['own-short.jsonl', 'tokenhub'],
    ['openai-wrapped.jsonl', 'openai'],
    ['anthropic.jsonl', 'anthropic'],
    ['dashscope.jsonl', 'dashscope'],
    ['claude-code.jsonl', 'claude-code'],
  ])('every usage line of %s is %s', (file, name) => {
    for (const value of jsonLines(file)) {
      const found = detectSource({ value });
      if (found !== null) expect(found.name).toBe(name);
      else expect(findSource(name, 'json').decoder(UTC)(record(value))).toHaveProperty('skipped');
    }
  });
  test.each([
    ['openai-chat.jsonl', 'openai'],
    ['openai-batch.jsonl', 'openai-batch'],
  ])('%s by its first line', (file, name) => expect(detectSource({ value: jsonLines(file)[0] })?.name).toBe(name));
  test("the own CSV by its columns, and nobody else's", () => {
    expect(detectSource({ columns: Object.keys(csvRows('own.csv')[0]!) })).toMatchObject({
      name: 'tokenhub',
      kind: 'table',
    });
    expect(detectSource({ columns: Object.keys(csvRows('portal-export.csv', ';')[0]!) })).toBeNull();
    expect(detectSource({ columns: ['start_time', 'model', 'input_tokens', 'output_tokens'] })).toBeNull();
  });
  test('a stream by a chunk that has no usage yet', () =>
    expect(detectSource({ value: { object: 'chat.completion.chunk', choices: [], usage: null } })?.name).toBe(
      'openai',
    ));
});

test.each([
  [null],
  [5],
  ['text'],
  [[]],
  [{}],
  [{ usage: [] }],
  [{ usage: 'x' }],
  [{ message: 'x' }],
  [{ response: [] }],
  [{ level: 'info', message: { text: 'x' } }],
])("%j is no source's, and asking does not fail", (value) => expect(detectSource({ value })).toBeNull());

test('every source rejects what is no object, and none fails with anything but a named error', () => {
  const hostile: unknown[] = [
    ...[null, 5, 'x', [], [[]], true],
    JSON.parse('{"__proto__": {"usage": {"prompt_tokens": 1}}}'),
    { usage: { prompt_tokens: 1 }, model: ['x'] },
    { usage: { prompt_tokens: 1 }, model: '\u001b[2Jx', created: 1790000000 },
    { usage: { prompt_tokens: 1 }, model: 'm'.repeat(1_000_000), created: 1790000000 },
    { message: { usage: { input_tokens: 1 }, model: '\u001b]0;x\u0007' }, timestamp: '2026-10-05T00:00:00Z' },
    { ts: {}, model: 'x', input: 1 },
    { ts: 1790000000, model: [], input: 1 },
    { ts: 1790000000, model: 'x', input: 1, tags: ['a'] },
  ];
  for (const source of SOURCES)
    for (const value of hostile) {
      try {
        expect(source.decoder(UTC)(record(value))).toHaveProperty('skipped');
      } catch (error) {
        expect(error).toMatchObject({ name: 'TokenhubError' });
        expect((error as Error).message).toMatch(/^[\x20-\x7e]{1,200}$/);
      }
    }
});

const detected = (name: string): (string | undefined)[] =>
  (sampleLines(name) ?? []).map((value) => detectSource({ value })?.name);

describe.skipIf(sampleNames('claude-code').length === 0)('shared samples are recognised', () => {
  test.each(sampleNames('claude-code'))('%s', (name) => {
    expect(new Set(detected(name))).toEqual(new Set(['claude-code']));
  });
  test.each(sampleNames('dashscope-usage'))('%s', (name) => expect(detected(name)[0]).toBe('openai'));
});

import { expect, test } from 'vitest';
import {
  checkMapping,
  isReadable,
  proposeMapping,
  unknownColumns,
  unknownKeys,
} from '../../../src/usage/own-format/mapping.js';
import { rejection } from '../fixture.js';

const PORTAL = ['Start time', 'Model name', 'prompt_tok', 'completion_tok', 'Cost centre'];
const MAPPING = { ts: 'Start time', model: 'Model name', input: 'prompt_tok', output: 'completion_tok' };

test('a mapping may use aliases, and its columns must exist', () => {
  expect(() => checkMapping(PORTAL, MAPPING)).not.toThrow();
  expect(() => checkMapping(PORTAL, { 'tag:centre': 'Cost centre' })).not.toThrow();
  expect(rejection(() => checkMapping(PORTAL, { model: 'model name' }))).toMatchObject({
    ...{ code: 'UNKNOWN_COLUMN', hint: 'did you mean "Model name"?' },
  });
  expect(rejection(() => checkMapping(PORTAL, { model: 'zzz' })).hint).toContain('"Cost centre"');
  expect(rejection(() => checkMapping(PORTAL, { promt: 'prompt_tok' })).code).toBe('UNKNOWN_FIELD');
  expect(rejection(() => checkMapping(PORTAL, { input_token: 'prompt_tok' })).hint).toBe(
    'did you mean "input_tokens"?',
  );
});

test('two columns that are one field are an error, unless one of them is mapped', () => {
  const columns = ['ts', 'Timestamp', 'model', 'input'];
  expect(rejection(() => checkMapping(columns, {})).code).toBe('AMBIGUOUS_COLUMN');
  expect(() => checkMapping(columns, { timestamp: 'ts' })).not.toThrow();
  expect(unknownColumns(columns, { timestamp: 'ts' })).toEqual(['Timestamp']);
  expect(rejection(() => checkMapping(columns, { timestamp: 'ts', ts: 'Timestamp' })).code).toBe('AMBIGUOUS_COLUMN');
});

test('columns that would not be read are named in file order', () => {
  expect(unknownColumns(PORTAL, MAPPING)).toEqual(['Cost centre']);
  expect(unknownColumns(['Time-Stamp', 'MODEL', 'Input Tokens', 'tag:app', 'cost', 'x', 'a'], {})).toEqual(['x', 'a']);
});

test('keys of JSON lines that would not be read are named once, in order', () => {
  const lines = [
    { ts: 1, model: 'm', input: 1, note: 'x', tags: {} },
    { timestamp: 1, 'tag:app': 'a', note: 'y', cost_usd: 1 },
    null,
    'text',
  ];
  expect(unknownKeys(lines, {})).toEqual(['note', 'cost_usd']);
  expect(unknownKeys([{ ts: 1, tok: 1, input: 2 }], { input_tokens: 'tok' })).toEqual(['input']);
  expect(unknownKeys([JSON.parse('{"__proto__":1}')], {})).toEqual(['__proto__']);
});

test('a file is readable with a time, a model and one class of tokens', () => {
  expect(isReadable(['ts', 'model', 'output'], {})).toBe(true);
  expect(isReadable(['ts', 'model', 'cost'], {})).toBe(false);
  expect(isReadable(PORTAL, {})).toBe(false);
  expect(isReadable(PORTAL, MAPPING)).toBe(true);
});

test('a proposal can be pasted, and quotes what a shell would split', () => {
  expect(proposeMapping(PORTAL)).toBe(
    '--map timestamp="Start time",model="Model name",input_tokens=prompt_tok,output_tokens=completion_tok',
  );
  expect(proposeMapping(['created_at', 'model', 'prompt_tokens', 'user_id'])).toBe(
    '--map timestamp=created_at,input_tokens=prompt_tokens,user=user_id',
  );
});

test('no id that several calls may share is proposed as the id of a request', () => {
  const shared = ['trace_id', 'span_id', 'session_id', 'conversation_id', 'batch_id', 'thread_id', 'call_id', 'id'];
  for (const column of shared)
    expect(proposeMapping(['created_at', 'model', 'prompt_tokens', column])).not.toContain('request_id');
  expect(proposeMapping(['created_at', 'model', 'prompt_tokens', 'generation_id'])).toContain(
    'request_id=generation_id',
  );
});

test('columns that may hold the text of a prompt are not proposed as counts', () =>
  expect(proposeMapping(['created_at', 'model', 'prompt', 'completion'])).toBeNull());

test('nothing is proposed where a time, a model or tokens are missing, or names are unfit for a shell', () => {
  expect(proposeMapping(['name', 'price'])).toBeNull();
  expect(proposeMapping(['created_at', 'model', 'price'])).toBeNull();
  expect(proposeMapping(['ts', 'model', 'input'])).toBeNull();
  expect(proposeMapping(['created_at$(rm)', 'model', 'prompt_tokens'])).toBeNull();
  expect(proposeMapping([])).toBeNull();
});

test('columns with hostile names are only names', () => {
  expect(unknownColumns(['__proto__', 'constructor', 'tag:__proto__'], {})).toEqual(['__proto__', 'constructor']);
  expect(rejection(() => checkMapping(['a'], JSON.parse('{"__proto__": "a"}'))).code).toBe('UNKNOWN_FIELD');
});

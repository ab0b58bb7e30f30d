import { describe, expect, test } from 'vitest';
import { looksLikeRequest, readRequest } from '../../../src/tokenizer/chat/read-request.js';
import { countOf, textTokens, totalOf } from './counting.js';

const schema = { type: 'object', properties: { city: { type: 'string', description: 'City' } }, required: ['city'] };
const facts = { name: 'weather', description: 'Tells the weather' };
const mcp = {
  ...facts,
  title: 'Weather',
  inputSchema: schema,
  annotations: { readOnlyHint: true },
  outputSchema: schema,
};
const anthropic = { ...facts, input_schema: schema };
const openai = { type: 'function', function: { ...facts, parameters: schema } };

describe('tools without messages', () => {
  test.each([
    ['an MCP server', { tools: [mcp] }],
    ['an answer of an MCP server', { jsonrpc: '2.0', id: 1, result: { tools: [mcp], nextCursor: 'x' } }],
    ['an array of MCP tools', [mcp]],
    ['Anthropic', { tools: [anthropic] }],
    ['an array of Anthropic tools', [anthropic]],
    ['OpenAI', { tools: [openai] }],
    ['an array of OpenAI tools', [openai]],
    ['an array of Responses tools', [{ type: 'function', ...facts, parameters: schema }]],
  ])('of %s are read', (_of, value) => {
    const { shape, messages, tools } = readRequest(value);
    expect({ shape, messages }).toEqual({ shape: 'tools', messages: [] });
    expect(tools.map(({ json: _json, ...tool }) => tool)).toEqual([{ ...facts, parameters: schema }]);
  });

  test('cost what they cost in a request, less its messages and the beginning of the reply', () => {
    const inRequest = countOf({ messages: [{ role: 'user', content: 'hi' }], tools: [openai] }, 'o200k_base', 'gpt-4o');
    const alone = countOf({ tools: [mcp] }, 'o200k_base', 'gpt-4o');
    // hi: 3 of the message, 1 of its role, 1 of its text; 3 to begin the reply
    expect(totalOf(alone)).toBe(totalOf(inRequest) - 8);
    expect(alone.doubts).toEqual([]);
    // 7 of the tool, 3 + 3 of its properties, 12 at the end
    const texts = textTokens('weather:Tells the weather', 'o200k_base') + textTokens('city:string:City', 'o200k_base');
    expect(totalOf(alone)).toBe(7 + 3 + 3 + 12 + texts);
  });

  test('of an MCP server are counted as the functions that a client sends, for Qwen too', () => {
    expect(totalOf(countOf({ tools: [mcp] }, 'qwen3', 'qwen3-8b'))).toBe(
      totalOf(countOf({ tools: [openai] }, 'qwen3', 'qwen3-8b')),
    );
  });

  test('look like a request, and a tool does not', () => {
    expect([{ tools: [mcp] }, { result: { tools: [] } }].map(looksLikeRequest)).toEqual([true, true]);
    expect([mcp, anthropic, openai, { result: {} }, { tools: 'no' }].map(looksLikeRequest)).toEqual(
      Array(5).fill(false),
    );
  });
});

test('messages and items of a conversation are not taken for tools', () => {
  const items = [{ type: 'function_call', name: 'f', arguments: '{}', call_id: '1' }];
  expect(readRequest(items)).toMatchObject({ shape: 'messages', tools: [] });
  const named = [{ role: 'user', name: 'a', parameters: {}, content: 'hi' }];
  expect(readRequest(named)).toMatchObject({ shape: 'messages', tools: [] });
});

test.each([[[]], [{ tools: 'no' }], [{ result: {} }], [{ tools: [7] }], [[{ ...mcp, name: 7 }]]])(
  'what is no list of tools is none: %j',
  (value) => {
    const read = () => readRequest(value).shape;
    if (Array.isArray(value) && value.length === 0) expect(read()).toBe('messages');
    else expect(read).toThrow();
  },
);

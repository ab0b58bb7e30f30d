import { describe, expect, test } from 'vitest';
import { countOf, textTokens, totalOf } from './counting.js';

/** The examples of the OpenAI cookbook (MIT), "How to count tokens with tiktoken", and what the API billed for them there. */
const JARGON = [
  {
    role: 'system',
    content: 'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
  },
  { role: 'system', name: 'example_user', content: 'New synergies will help drive top-line growth.' },
  { role: 'system', name: 'example_assistant', content: 'Things working well together will increase revenue.' },
  {
    role: 'system',
    name: 'example_user',
    content: "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
  },
  {
    role: 'system',
    name: 'example_assistant',
    content: "Let's talk later when we're less busy about how to do better.",
  },
  {
    role: 'user',
    content: "This late pivot means we don't have time to boil the ocean for the client deliverable.",
  },
];
const WEATHER = {
  messages: [
    { role: 'system', content: 'You are a helpful assistant that can answer to questions about the weather.' },
    { role: 'user', content: "What's the weather like in San Francisco?" },
  ],
  tools: [
    {
      type: 'function',
      function: {
        name: 'get_current_weather',
        description: 'Get the current weather in a given location',
        parameters: {
          type: 'object',
          properties: {
            location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
            unit: {
              type: 'string',
              description: 'The unit of temperature to return',
              enum: ['celsius', 'fahrenheit'],
            },
          },
          required: ['location'],
        },
      },
    },
  ],
};

describe('messages', () => {
  test.each([
    ['gpt-4', 'cl100k_base', 129],
    ['gpt-3.5-turbo', 'cl100k_base', 129],
    ['gpt-4o', 'o200k_base', 124],
    ['gpt-4o-mini', 'o200k_base', 124],
  ] as const)('cost %s what the API bills', (model, encoding, tokens) => {
    const count = countOf(JARGON, encoding, model);
    expect(totalOf(count)).toBe(tokens);
    expect(count.doubts).toEqual([]);
  });

  test('cost 3 and their role each, a name 1 and itself, the reply 3', () => {
    const { rows } = countOf([{ role: 'user', name: 'a', content: 'hello world' }], 'o200k_base', 'gpt-4o');
    expect(rows).toMatchObject([
      { part: 'message', index: 1, role: 'user', text: 2, overhead: 6 }, // 3 + user + 1 + a
      { part: 'reply', text: 0, overhead: 3 },
    ]);
  });

  test('of the first gpt-3.5-turbo cost 4, and a name takes the place of the role', () => {
    const { rows } = countOf([{ role: 'user', name: 'a', content: 'hello' }], 'cl100k_base', 'gpt-3.5-turbo-0301');
    expect(rows[0]).toMatchObject({ text: 1, overhead: 5 }); // 4 + user - 1 + a
  });
});

describe('tools', () => {
  test.each([
    ['gpt-4', 'cl100k_base', 105],
    ['gpt-4o', 'o200k_base', 101],
  ] as const)('cost %s what the API bills', (model, encoding, tokens) => {
    const count = countOf(WEATHER, encoding, model);
    expect(totalOf(count)).toBe(tokens);
    expect(count.doubts).toEqual([]);
  });

  test('cost by the parts of their schema, apart from the text', () => {
    const tools = countOf(WEATHER, 'o200k_base', 'gpt-4o').rows.find(({ part }) => part === 'tools');
    expect(tools?.overhead).toBe(31); // 7 + 3 + 2 × 3 + (-3 + 2 × 3) + 12
  });

  test('lose the full stop of a description', () => {
    const described = (description: string) =>
      totalOf(
        countOf({ ...WEATHER, tools: [{ type: 'function', function: { name: 'f', description } }] }, 'o200k_base'),
      );
    expect(described('Turn left.')).toBe(described('Turn left'));
  });

  test('of the older field "functions" are the same', () => {
    const { messages, tools } = WEATHER;
    const functions = tools.map((tool) => tool.function);
    expect(totalOf(countOf({ messages, functions }, 'o200k_base'))).toBe(101);
  });

  test('with nested schemas are counted by their JSON, and it is said', () => {
    const parameters = { properties: { a: { type: 'array', description: 'x', items: { type: 'string' } } } };
    const tools = [{ type: 'function', function: { name: 'f', description: 'g', parameters } }];
    const { rows, doubts } = countOf({ messages: [], tools }, 'o200k_base', 'gpt-4o');
    const inner = textTokens('{"items":{"type":"string"}}', 'o200k_base');
    expect(rows[0]!.text).toBe(textTokens('f:g', 'o200k_base') + textTokens('a:array:x', 'o200k_base') + inner);
    expect(doubts).toEqual([expect.stringContaining('nested schemas')]);
  });
});

describe('what no rule is published for is counted and said', () => {
  const hi = [{ role: 'user', content: 'hi' }];
  test.each([
    ['a model the rule was not checked for', hi, 'gpt-5', 'about 1 token'],
    ['the Responses API', { input: 'hi' }, 'gpt-4o', 'Responses API'],
    [
      'two texts in a message',
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
      'gpt-4o',
      'several texts',
    ],
    [
      'tool calls',
      [{ role: 'assistant', content: null, tool_calls: [{ function: { name: 'f', arguments: '{}' } }] }],
      'gpt-4o',
      'tool calls',
    ],
    [
      'an answer schema',
      { messages: hi, response_format: { type: 'json_schema', json_schema: { schema: { type: 'object' } } } },
      'gpt-4o',
      'response_format',
    ],
  ] as const)('%s', (_name, body, model, doubt) => {
    expect(countOf(body, 'o200k_base', model).doubts).toEqual([expect.stringContaining(doubt)]);
  });

  test('the text of a tool call is its name and its arguments', () => {
    const calls = [
      { role: 'assistant', content: 'ok', tool_calls: [{ function: { name: 'hello', arguments: 'world' } }] },
    ];
    expect(countOf(calls, 'o200k_base', 'gpt-4o').rows[0]).toMatchObject({ text: 3 }); // ok, hello, world
  });
});

test('an image is a figure of its own, and one that is elsewhere is not counted', () => {
  const image = (url: string) => ({ type: 'image_url', image_url: { url } });
  const content = [{ type: 'text', text: 'hi' }, image('765.png'), image('85.png'), image('https://x.example/a.png')];
  const { rows, doubts } = countOf([{ role: 'user', content }], 'o200k_base', 'gpt-4o');
  expect(rows[0]).toMatchObject({ text: 1, images: 850, overhead: 4, uncounted: 1 }); // 765 + 85
  expect(doubts).toEqual([]);
});

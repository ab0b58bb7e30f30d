import { describe, expect, test } from 'vitest';
import { countOf, textTokens, totalOf } from './counting.js';

const hi = { messages: [{ role: 'user', content: 'hi' }] };
const figures = (body: unknown, encoding: 'qwen2.5' | 'qwen3', model: string | null = null) =>
  countOf(body, encoding, model).rows.map(({ part, role, text, overhead }) => [part, role, text, overhead]);

const weather = {
  type: 'function',
  function: { name: 'w', description: 'Weather', parameters: { type: 'object', properties: {} } },
};
const WEATHER =
  '{"type": "function", "function": {"name": "w", "description": "Weather", "parameters": {"type": "object", "properties": {}}}}';

describe('Qwen3', () => {
  test('writes 5 tokens around a message and 3 before the answer', () => {
    expect(figures(hi, 'qwen3')).toEqual([
      ['message', 'user', 1, 5], // <|im_start|> user \n … <|im_end|> \n
      ['reply', null, 0, 3], // <|im_start|> assistant \n
    ]);
  });

  test('writes 4 more when thinking is turned off', () => {
    const reply = ['reply', null, 0, 7]; // and <think> \n\n </think> \n\n
    expect(figures({ ...hi, enable_thinking: false }, 'qwen3')[1]).toEqual(reply);
    expect(figures({ ...hi, chat_template_kwargs: { enable_thinking: false } }, 'qwen3')[1]).toEqual(reply);
    expect(figures({ input: hi, parameters: { enable_thinking: false } }, 'qwen3')[1]).toEqual(reply);
  });

  test('forgets thoughts before the last question, and keeps those behind it', () => {
    const thought = { role: 'assistant', reasoning_content: 'hm', content: 'A' };
    const question = { role: 'user', content: 'q' };
    expect(figures([question, thought, question], 'qwen3')[1]).toEqual(['message', 'assistant', 1, 5]);
    // <think> \n hm \n </think> \n\n: 6 more
    expect(figures([question, thought], 'qwen3')[1]).toEqual(['message', 'assistant', 1, 11]);
  });

  test.each([
    [3, 0],
    [0.25, 0],
    [1e-7, 1],
    [1e22, 1],
    [2 ** 53, 1],
  ])('says of the number %d in a tool whether Python may write it otherwise', (number, doubts) => {
    const tools = [{ type: 'function', function: { name: 'w', parameters: { maximum: number } } }];
    const of = (body: object) => countOf(body, 'qwen3', 'qwen3-8b').doubts;
    expect(of({ ...hi, tools })).toHaveLength(doubts);
  });

  test('finds thoughts inside the content, and says that it held special tokens', () => {
    const messages = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: '<think>\nhm\n</think>\n\nA' },
      hi.messages[0],
    ];
    const count = countOf(messages, 'qwen3');
    expect(totalOf(count)).toBe(6 + 6 + 6 + 3);
    expect(count.doubts).toEqual([expect.stringContaining('special tokens')]);
  });
});

describe('Qwen2.5', () => {
  test('adds a system message of 21 tokens when there is none', () => {
    expect(figures(hi, 'qwen2.5')[0]).toEqual(['message', 'system (default)', 0, 21]);
    expect(figures([{ role: 'system', content: 'Be brief' }, ...hi.messages], 'qwen2.5')[0]).toEqual([
      'message',
      'system',
      2,
      5,
    ]);
  });

  test('writes tools into the system message, with an instruction around them', () => {
    const [system, tools] = countOf({ ...hi, tools: [weather] }, 'qwen2.5').rows;
    const before =
      'system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.\n\n# Tools\n\nYou may call one or more ' +
      'functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n' +
      `<tools>\n${WEATHER}\n</tools>\n\nFor each function call, return a json object with function name and arguments within `;
    const written = [before, ' XML tags:\n', '\n{"name": <function-name>, "arguments": <args-json-object>}\n', '\n'];
    // and <|im_start|>, <tool_call> and </tool_call> twice each, <|im_end|>
    const expected = written.reduce((sum, text) => sum + textTokens(text, 'qwen2.5'), 6);
    expect(totalOf({ rows: [system!, tools!], doubts: [] })).toBe(expected);
    expect(tools!.text).toBe(textTokens(`\n${WEATHER}`, 'qwen2.5'));
  });

  test('writes responses of tools that follow each other as one message', () => {
    const responses = [
      { role: 'tool', content: 'a' },
      { role: 'tool', content: 'b' },
    ];
    const written = 'user\n<tool_response>\na\n</tool_response>\n<tool_response>\nb\n</tool_response>';
    const rows = countOf([{ role: 'system', content: '' }, ...responses], 'qwen2.5').rows.slice(1, 3);
    // and <|im_start|>, <|im_end|>, the line break behind it
    expect(totalOf({ rows, doubts: [] })).toBe(textTokens(written, 'qwen2.5') + 3);
  });
});

test('a call is written as JSON, as Python writes it, between two tokens', () => {
  const calls = [{ function: { name: 'w', arguments: { city: '北京', n: [1, 2] } } }];
  const body = [{ role: 'user', content: 'q' }, { role: 'assistant', content: '', tool_calls: calls }, hi.messages[0]];
  const written = '\n{"name": "w", "arguments": {"city": "北京", "n": [1, 2]}}\n';
  const [, called] = countOf(body, 'qwen3').rows;
  // <|im_start|> assistant \n <tool_call> … </tool_call> <|im_end|> \n
  expect(called!.text + called!.overhead).toBe(textTokens(written, 'qwen3') + 7);
});

test('an image ends a run of text', () => {
  const content = [
    { type: 'text', text: 'a' },
    { type: 'image_url', image_url: { url: '66.png' } },
    { type: 'text', text: 'b' },
  ];
  expect(countOf([{ role: 'user', content }], 'qwen3').rows[0]).toMatchObject({ text: 2, images: 66, overhead: 5 });
});

test('a hosted model may have another template, which is said; open weights have this one', () => {
  expect(countOf(hi, 'qwen3', 'qwen3-max').doubts).toEqual(['the chat template of Qwen3 was assumed']);
  expect(countOf(hi, 'qwen3', 'qwen3-30b-a3b').doubts).toEqual([]);
  expect(countOf(hi, 'qwen2.5', 'qwen2.5-7b-instruct').doubts).toEqual([]);
});

test('ten thousand responses are counted in one go', () => {
  const responses = Array.from({ length: 10_000 }, () => ({ role: 'tool', content: 'a' }));
  expect(countOf(responses, 'qwen3').rows).toHaveLength(10_001);
});

test('a million line breaks inside a thought are cut in one go', () => {
  const breaks = '\n'.repeat(1_000_000);
  const content = `<think>${breaks}a${breaks}b${breaks}</think>${breaks}c`;
  const [answer] = countOf(
    [{ role: 'user', content: 'q' }, { role: 'assistant', content }, hi.messages[0]],
    'qwen3',
  ).rows.slice(1);
  expect(answer!.text + answer!.overhead).toBe(6); // <|im_start|> assistant \n c <|im_end|> \n
});

import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/tokenizer/chat/read-request.js';
import type { ChatMessage } from '../../../src/tokenizer/chat/request.js';

const message = (role: string, ...parts: ChatMessage['parts'][number][]): ChatMessage => ({
  role,
  name: null,
  parts,
  reasoning: null,
  calls: [],
});
const text = (value: string) => ({ kind: 'text', text: value }) as const;
const none = { detail: undefined, minPixels: undefined, maxPixels: undefined };

describe('the API shows in the keys of a request', () => {
  test.each([
    ['messages', [{ role: 'user', content: 'hi' }]],
    ['openai', { model: 'm', messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] }],
    ['openai', { custom_id: '1', method: 'POST', body: { messages: [{ role: 'user', content: 'hi' }] } }],
    ['responses', { input: 'hi' }],
    ['responses', { input: [{ role: 'user', content: [{ type: 'input_text', text: 'hi' }] }] }],
    ['anthropic', { system: [], messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] }],
    ['dashscope', { model: 'm', input: { messages: [{ role: 'user', content: [{ text: 'hi' }] }] } }],
    ['dashscope', { model: 'm', input: { prompt: 'hi' } }],
    ['gemini', { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }],
    ['messages', [{ role: 'user', parts: [{ text: 'hi' }] }]],
  ])('%s: %j', (shape, body) => {
    const request = readRequest(body);
    expect(request.shape).toBe(shape);
    expect(request.messages.filter(({ role }) => role === 'user')).toEqual([message('user', text('hi'))]);
  });
});

describe('images', () => {
  const imageIn = (part: object) => readRequest([{ role: 'user', content: [part] }]).messages[0]!.parts[0];
  test.each([
    [
      'a data URL',
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      { kind: 'base64', text: 'AAAA' },
    ],
    ['Responses', { type: 'input_image', image_url: 'data:image/png;base64,AAAA' }, { kind: 'base64', text: 'AAAA' }],
    ['Anthropic', { type: 'image', source: { type: 'base64', data: 'AAAA' } }, { kind: 'base64', text: 'AAAA' }],
    ['a path', { image: 'a/b.png' }, { kind: 'file', path: 'a/b.png' }],
    ['a file URL', { image: 'file:///a/b.png' }, { kind: 'file', path: '/a/b.png' }],
    ['a URL', { image: 'https://x.example/b.png' }, { kind: 'remote' }],
    ['a bucket', { image: 'oss://bucket/b.png' }, { kind: 'remote' }],
    ['a share', { image: '\\\\host\\share\\b.png' }, { kind: 'remote' }],
    ['a share as a file URL', { image: 'file://host/share/b.png' }, { kind: 'remote' }],
    ['a stored file', { type: 'input_image', file_id: 'f' }, { kind: 'remote' }],
    [
      'Anthropic, by URL',
      { type: 'image', source: { type: 'url', url: 'https://x.example/b.png' } },
      { kind: 'remote' },
    ],
  ])('of %s', (_name, part, source) => {
    expect(imageIn(part)).toEqual({ kind: 'image', source, options: none });
  });

  test('keep their detail and their budget of pixels', () => {
    expect(imageIn({ type: 'image_url', image_url: { url: 'a.png', detail: 'low' } })).toMatchObject({
      options: { detail: 'low' },
    });
    expect(imageIn({ image: 'a.png', min_pixels: 4096, max_pixels: 8192 })).toMatchObject({
      options: { minPixels: 4096, maxPixels: 8192 },
    });
  });

  test('of a request in high resolution are all so', () => {
    const input = { messages: [{ role: 'user', content: [{ image: 'a.png' }] }] };
    const [{ parts }] = readRequest({ input, parameters: { vl_high_resolution_images: true } }).messages as [
      ChatMessage,
    ];
    expect(parts[0]).toMatchObject({ options: { highResolution: true } });
  });
});

test('what there is no rule for is kept by its type, never by its content', () => {
  const content = [{ type: 'input_audio', input_audio: { data: 'secret' } }, { video: 'secret' }];
  expect(readRequest([{ role: 'user', content }]).messages[0]!.parts).toEqual([
    { kind: 'uncounted', what: 'input_audio' },
    { kind: 'uncounted', what: 'video' },
  ]);
});

test('calls and results of tools are read from every API', () => {
  const call = { name: 'f', arguments: '{"a":1}' };
  const openai = readRequest([{ role: 'assistant', content: null, tool_calls: [{ id: '1', function: call }] }]);
  const responses = readRequest({
    input: [
      { type: 'function_call', ...call },
      { type: 'function_call_output', output: 'r' },
    ],
  });
  const anthropic = readRequest([{ role: 'assistant', content: [{ type: 'tool_use', name: 'f', input: { a: 1 } }] }]);
  const gemini = readRequest({
    contents: [{ role: 'model', parts: [{ functionCall: { name: 'f', args: { a: 1 } } }] }],
  });
  expect(openai.messages[0]!.calls).toEqual([call]);
  expect(responses.messages[0]!.calls).toEqual([call]);
  expect(responses.messages[1]).toEqual(message('tool', text('r')));
  expect(anthropic.messages[0]!.calls).toEqual([{ name: 'f', arguments: { a: 1 } }]);
  expect(gemini.messages[0]!.calls).toEqual([{ name: 'f', arguments: { a: 1 } }]);
});

describe('a mistake names its field and quotes nothing', () => {
  test.each([
    [{ model: 'm' }, 'messages'],
    [{ messages: 'secret' }, 'messages'],
    [{ messages: ['secret'] }, 'messages[0]'],
    [{ messages: [{ content: 'secret' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: { secret: 1 } }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ type: 'text', text: 7 }] }] }, 'messages[0].content[0].text'],
    [{ messages: [{ role: 'user', content: [{ image: 'data:secret' }] }] }, 'messages[0].content[0].image'],
    [
      { messages: [{ role: 'user', content: [{ image: 'a.png', max_pixels: -1 }] }] },
      'messages[0].content[0].max_pixels',
    ],
    [{ messages: [], tools: 'secret' }, 'tools'],
    [{ messages: [], model: 7 }, 'model'],
    ['secret', 'request'],
  ])('%j: %s', (body, field) => {
    let error: unknown;
    try {
      readRequest(body);
    } catch (cause) {
      error = cause;
    }
    expect(error).toMatchObject({ code: 'BAD_RECORD', place: { field } });
    expect(String(error)).not.toContain('secret');
  });

  test('keys of an object are no types of parts', () => {
    const content = [{ type: 'constructor' }, { type: '__proto__' }, {}];
    expect(readRequest([{ role: 'user', content }]).messages[0]!.parts.map(({ kind }) => kind)).toEqual(
      Array(3).fill('uncounted'),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { jpeg, png } from '../files/image-headers.js';
import { run } from './memory-io.js';
import { type Body, scene } from './scene.js';

const hi = [{ role: 'user', content: 'hi' }];
const json = (value: unknown): string => JSON.stringify(value);
const image = (url: string, detail?: string) => ({ type: 'image_url', image_url: { url, detail } });
const withImages = (...urls: string[]) => ({
  model: 'gpt-4o',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }, ...urls.map((url) => image(url))] }],
});
const dataUrl = (bytes: Uint8Array): string => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;

describe('a request', () => {
  test('is counted by message, with the overhead of the format on its own, and the parts add up', async () => {
    const { tokenhub } = scene({ 'r.json': json({ model: 'gpt-4o', messages: hi }) });
    const { exitCode, stdout, stderr } = await tokenhub('count', '--messages', 'r.json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'part              role  text  images  overhead  tokens',
        '────────────────  ────  ────  ──────  ────────  ──────',
        'message 1         user     1       0         4       5',
        'reply             -        0       0         3       3',
        '────────────────  ────  ────  ──────  ────────  ──────',
        'total, 1 request           1       0         7       8',
        '',
        'gpt-4o: openai chat, o200k_base, exact',
        '',
      ].join('\n'),
    );
  });

  test('has the documented keys in JSON', async () => {
    const text = json({ model: 'gpt-4o', messages: hi });
    const body = await scene({ 'r.json': text }).json('count', '--messages', 'r.json');
    const row = { path: 'r.json', line: 1, images: 0, uncounted: 0 };
    expect(body).toEqual({
      schema: 'tokenhub.count/v1',
      tokenhub: expect.any(String),
      counts: [
        {
          model: 'gpt-4o',
          encoding: 'o200k_base',
          default: false,
          method: 'exact',
          band: null,
          source: expect.any(String),
          exactWith: null,
          format: 'openai chat',
          doubts: [],
          complete: true,
          total: {
            tokens: 8,
            text: 1,
            images: 0,
            overhead: 7,
            uncounted: 0,
            requests: 1,
            files: 1,
            bytes: text.length,
          },
          rows: [
            { ...row, part: 'message', index: 1, role: 'user', tokens: 5, text: 1, overhead: 4 },
            { ...row, part: 'reply', index: null, role: null, tokens: 3, text: 0, overhead: 3 },
          ],
        },
      ],
      skipped: [],
      rejected: [],
      notes: [],
    });
  });

  test('may be an array of messages from a pipe, when a model is named', async () => {
    const { stdout } = await run(['count', '--messages', '-m', 'gpt-4o', '--total-only'], { stdin: json(hi) });
    expect(stdout).toBe('8\n');
  });

  test('is counted as its own model does, unless another is named', async () => {
    const { json: body } = scene({ 'r.json': json({ model: 'gpt-4', messages: hi }) });
    const models = async (...argv: string[]) =>
      (await body('count', '--messages', 'r.json', ...argv)).counts.map((count: Body) => count.model ?? count.encoding);
    expect(await models()).toEqual(['gpt-4']);
    expect(await models('-m', 'gpt-4o,claude-sonnet-4-5')).toEqual(['gpt-4o', 'claude-sonnet-4-5']);
    expect(await models('-e', 'qwen3')).toEqual(['qwen3']);
  });

  test('written over many lines is one request', async () => {
    const text = JSON.stringify({ model: 'gpt-4o', messages: hi }, null, 2);
    expect((await scene({ 'r.json': text }).tokenhub('count', '--messages', 'r.json', '--total-only')).stdout).toBe(
      '8\n',
    );
  });
});

describe('a file of many requests', () => {
  const lines = [
    { custom_id: 'a', body: { model: 'gpt-4o', messages: hi } },
    { model: 'gpt-4o', messages: [...hi, ...hi] },
    { model: 'gpt-4', messages: hi },
  ];

  test('gives each a line, under its own model', async () => {
    const { json: body } = scene({ 'r.jsonl': lines.map(json).join('\n') });
    const { counts } = await body('count', '--messages', 'r.jsonl');
    const rowsOf = ({ model, rows, total }: Body) => [
      model,
      rows.map(({ line, tokens }: Body) => [line, tokens]),
      total.tokens,
    ];
    expect(counts.map(rowsOf)).toEqual([
      [
        'gpt-4o',
        [
          [1, 8],
          [2, 13],
        ],
        21,
      ], // 3 + 5 each
      ['gpt-4', [[3, 8]], 8],
    ]);
  });

  test('may be an array of them', async () => {
    const { json: body } = scene({ 'r.json': json(lines) });
    const { counts } = await body('count', '--messages', 'r.json');
    expect(counts.map(({ total }: Body) => total.requests)).toEqual([2, 1]);
  });

  test('is known as such when its first line is broken', async () => {
    const { tokenhub } = scene({ 'r.jsonl': `{"model":"gpt-4o\n${json(lines[1])}\n` });
    const { exitCode, stdout, stderr } = await tokenhub('count', '--messages', 'r.jsonl', '--total-only');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '13\n' });
    expect(stderr).toContain('r.jsonl:1: is not valid JSON');
  });

  test('names twenty bad lines, and says how many more there are', async () => {
    const { tokenhub } = scene({ 'r.jsonl': [json(lines[0]), ...Array(25).fill('{')].join('\n') });
    const { stderr } = await tokenhub('count', '--messages', 'r.jsonl');
    expect(stderr.match(/is not valid JSON/g)).toHaveLength(20);
    expect(stderr).toContain('5 more requests could not be read; --json lists them all');
  });

  test('keeps the good lines beside bad ones, names these, quotes nothing of them, and exits 2', async () => {
    const bad = [
      '{"model":"gpt-4o","messages":[{"role":"user","content":"secret',
      json({ model: 'gpt-4o', messages: 'secret' }),
    ];
    const { tokenhub } = scene({ 'r.jsonl': [json(lines[0]), ...bad].join('\n') });
    const { exitCode, stdout, stderr } = await tokenhub('count', '--messages', 'r.jsonl', '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).counts[0].total.tokens).toBe(8);
    expect(JSON.parse(stdout).rejected).toEqual([
      { file: 'r.jsonl', line: 2, message: 'is not valid JSON' },
      { file: 'r.jsonl', line: 3, field: 'messages', message: 'is a text, not an array' },
    ]);
    expect(stderr).toContain('warning: r.jsonl:2: is not valid JSON');
    expect(stderr).toContain('warning: r.jsonl:3: messages: is a text, not an array');
    expect(stdout + stderr).not.toContain('secret');
  });
});

describe('images in messages', () => {
  test('are counted by the formula of the model, from data URLs and from files beside the request', async () => {
    const { json: body } = scene({
      'sub/r.json': json(withImages(dataUrl(png(1024, 1024)), 'a.jpg')),
      'sub/a.jpg': jpeg(512, 512),
    });
    const [count] = (await body('count', '--messages', 'sub/r.json')).counts;
    expect(count).toMatchObject({ complete: true, method: 'exact', total: { text: 1, images: 1020 } }); // 765 + 255
  });

  test('that lie elsewhere are never fetched: the total is not complete and the exit code 3', async () => {
    const { tokenhub } = scene({ 'r.json': json(withImages('https://x.example/a.png', 'gone.png')) });
    const { exitCode, stdout, stderr } = await tokenhub('count', '--messages', 'r.json');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('total, 1 request, not complete');
    expect(stderr).toContain('r.json: 1 part not counted: image elsewhere, never fetched');
    expect(stderr).toContain('r.json: 1 part not counted: image without a size: no such file or folder');
    expect(stderr).toContain('--assume-image 1024x1024');
  });

  test('may be given a size to assume, and then the count is approximate', async () => {
    const { tokenhub } = scene({ 'r.json': json(withImages('https://x.example/a.png')) });
    const { exitCode, stdout } = await tokenhub('count', '--messages', 'r.json', '--assume-image', '512x512', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).counts[0]).toMatchObject({
      method: 'approximate',
      doubts: ['the size of some images was assumed'],
      total: { images: 255 },
    });
  });

  test('take --detail when they say none', async () => {
    const content = [image(dataUrl(png(1024, 1024))), image(dataUrl(png(1024, 1024)), 'high')];
    const { json: body } = scene({ 'r.json': json({ model: 'gpt-4o', messages: [{ role: 'user', content }] }) });
    const images = async (...argv: string[]) =>
      (await body('count', '--messages', 'r.json', ...argv)).counts[0].total.images;
    expect(await images()).toBe(1530); // 765 + 765
    expect(await images('--detail', 'low')).toBe(850); // 85 + 765
  });

  test('of a model without a formula are not counted', async () => {
    const { tokenhub } = scene({ 'r.json': json(withImages(dataUrl(png(8, 8)))) });
    const { exitCode, stdout } = await tokenhub('count', '--messages', 'r.json', '-m', 'gpt-3.5-turbo');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('what images cost with this model is not known');
  });

  test('and sound, video and files have no rule: said by their type', async () => {
    const content = [{ type: 'input_audio', input_audio: { data: 'secret' } }];
    const { tokenhub } = scene({ 'r.json': json({ model: 'gpt-4o', messages: [{ role: 'user', content }] }) });
    const { exitCode, stdout, stderr } = await tokenhub('count', '--messages', 'r.json');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('r.json: 1 part not counted: input_audio, for which there is no rule');
    expect(stdout + stderr).not.toContain('secret');
  });
});

describe('mistakes', () => {
  test.each([
    ['no model', json(hi), 'r.json:1: model: what messages cost depends on the model'],
    ['an unknown model', json({ model: 'gpt-4oo', messages: hi }), 'r.json:1: model: no model of the name "gpt-4oo"'],
    ['no JSON', '{\n "messages": [\n secret', 'r.json:3: is not valid JSON'],
    ['an empty file', '', 'r.json:1: is empty'],
    ['endless nesting', '['.repeat(100_000), 'r.json:1: is nested more than 200 levels deep'],
    ['a number', '7', 'r.json:1: request: is a number, not an object'],
    ['another object', '{"a":1}', 'r.json:1: messages: is missing'],
  ])('%s is one error', async (_name, text, message) => {
    const { exitCode, stdout, stderr } = await scene({ 'r.json': text }).tokenhub('count', '--messages', 'r.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).not.toContain('secret');
    expect(stderr.split('\n')).toHaveLength(3);
  });

  test.each([
    [['--messages', '--images'], 'cannot be used with'],
    [['--messages', '--by', 'dir'], 'cannot be used with'],
    [['--detail', 'low'], 'add --messages or --images'],
    [['--messages', '--detail', 'big'], 'Allowed choices'],
    [['--messages', '--assume-image', '0x5'], 'as in 1024x768'],
  ])('%j is refused', async (flags, message) => {
    const { exitCode, stderr } = await scene({ 'r.json': json(hi) }).tokenhub('count', 'r.json', ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('a file that is no text exits 2 and is named', async () => {
    const { tokenhub } = scene({ 'a.json': new Uint8Array([0, 1]), 'r.json': json({ model: 'gpt-4o', messages: hi }) });
    const { exitCode, stderr } = await tokenhub('count', '--messages', 'a.json', 'r.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('a.json: skipped, binary');
  });
});

test('csv names model, file and part', async () => {
  const { tokenhub } = scene({ 'r.json': json({ model: 'gpt-4o', messages: hi }) });
  expect((await tokenhub('count', '--messages', 'r.json', '--format', 'csv')).stdout).toBe(
    'model,file,part,role,text,images,overhead,tokens\ngpt-4o,r.json,message 1,user,1,0,4,5\ngpt-4o,r.json,reply,,0,0,3,3\n',
  );
});

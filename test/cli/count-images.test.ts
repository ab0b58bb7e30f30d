import { describe, expect, test } from 'vitest';
import { gif, jpeg, png } from '../files/image-headers.js';
import { scene } from './scene.js';

const files = { 'a.png': png(1024, 1024), 'b.jpg': jpeg(512, 512), 'c.txt': 'hello' };

describe('images', () => {
  test('are counted by the formula of the model, which is named', async () => {
    const { exitCode, stdout, stderr } = await scene(files).tokenhub('count', '--images', '.', '-m', 'gpt-4o');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('a.png            1,024   1,024     765');
    expect(stdout).toContain('b.jpg              512     512     255');
    expect(stdout).toContain('total, 2 images                  1,020'); // 765 + 255
    expect(stdout).toContain('gpt-4o: openai tiles 85 + 170, exact');
  });

  test('stand side by side for several models', async () => {
    const { json } = scene(files);
    const { counts } = await json('count', '--images', 'a.png', '-m', 'gpt-4o,claude-sonnet-4-5,qwen3-vl-plus');
    expect(counts.map(({ model, total }: { model: string; total: object }) => [model, total])).toEqual([
      ['gpt-4o', { tokens: 765, files: 1 }],
      ['claude-sonnet-4-5', { tokens: 1369, files: 1 }], // 37 × 37
      ['qwen3-vl-plus', { tokens: 1026, files: 1 }], // 32 × 32 + 2
    ]);
    expect(counts[0].rows).toEqual([{ path: 'a.png', width: 1024, height: 1024, tokens: 765 }]);
  });

  test('take --detail, and their total alone', async () => {
    const { tokenhub } = scene(files);
    const { stdout } = await tokenhub('count', '--images', '.', '-m', 'gpt-4o', '--detail', 'low', '--total-only');
    expect(stdout).toBe('170\n'); // 85 each
  });

  test('that are none are passed over in a folder, and exit 2 when named', async () => {
    const { exitCode, stderr } = await scene(files).tokenhub('count', '--images', 'a.png', 'c.txt', '-m', 'gpt-4o');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('c.txt: skipped, no image format that is known');
  });

  test('that are damaged are named wherever they lie', async () => {
    const { exitCode, stderr } = await scene({ 'a.png': png(0, 5), 'b.gif': gif(9, 9) }).tokenhub(
      'count',
      '--images',
      '.',
      '-m',
      'gpt-4o',
    );
    expect(exitCode).toBe(0);
    expect(stderr).toBe('warning: a.png: skipped, says it is 0 x 5 pixels (PNG)\n');
  });
});

describe('mistakes', () => {
  test.each([
    [['a.png'], 2, 'what images cost depends on the model, and none is named'],
    [['a.png', '-m', 'deepseek-v3'], 3, 'what an image costs with "deepseek-v3" is not known'],
    [['a.png', '-e', 'o200k_base'], 2, 'is no model, and images have no encoding'],
    [['none.png', '-m', 'gpt-4o'], 2, 'there is no file or folder "none.png"'],
  ])('%j exits %i', async (argv, code, message) => {
    const { exitCode, stdout, stderr } = await scene(files).tokenhub('count', '--images', ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('no image at all is one', async () => {
    const { exitCode, stderr } = await scene(files, { stdin: 'x' }).tokenhub('count', '--images', '-m', 'gpt-4o');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no image is named');
  });
});

test('without --images an image is binary, as before', async () => {
  const { json } = scene(files);
  expect((await json('count', '.')).skipped).toEqual([
    { path: 'a.png', reason: 'binary' },
    { path: 'b.jpg', reason: 'binary' },
  ]);
});

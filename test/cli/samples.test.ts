import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scene } from './scene.js';
import { importsAs, sumsIn } from './usage-files.js';
import { OTHERS, READINGS, SAMPLES } from './usage-samples.js';

const FOLDER = resolve(import.meta.dirname, '../../../shared/samples');

describe.skipIf(!existsSync(FOLDER))('the shared samples', () => {
  test('are all in the table', () => {
    const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(FOLDER.length + 1));
    expect([...SAMPLES.map(({ file }) => file), ...READINGS, ...OTHERS].sort()).toEqual(files.sort());
  });

  describe('become what they say, and importing them again changes nothing', () => {
    test.each(SAMPLES)('$file', (expected) => importsAs(join(FOLDER, expected.file), expected));
  });

  test.each(OTHERS)('%s is no usage, and refused', async (file) => {
    const { exitCode, stderr } = await scene().tokenhub('import', join(FOLDER, file), '--json');
    expect([exitCode, JSON.parse(stderr).error.code]).toEqual([2, 'UNRECOGNISED']);
  });

  test.each(SAMPLES.filter(({ words }) => words?.[0] === '--at'))(
    '$file has no time, and without --at says so',
    async ({ file }) => {
      const { exitCode, stderr, stdout } = await scene().tokenhub('import', join(FOLDER, file), '--json');
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/(timestamp|账单日期): is missing.*--at/);
      expect(JSON.parse(stdout).files[0]).toMatchObject({ added: 0 });
    },
  );

  test('readings of an engine become what it did between them, whatever it had counted before', async () => {
    const at = scene();
    const days = ['2026-10-01', '2026-10-02', '2026-10-03'];
    for (const [i, day] of days.entries())
      await at.tokenhub('import', join(FOLDER, READINGS[i]!), '--at', `${day}T00:00:00Z`);
    await at.tokenhub('import', join(FOLDER, 'sglang_metrics.prom'), '--at', '2026-10-01T00:00:00Z');
    // prompt 200,000 of which 90,000 cached, 42,500 generated, 38,009 - 37,794 calls; then, restarted, 5,000, 0, 700 and 6
    expect(sumsIn(at)).toMatchObject({ requests: 221, tokens: [115_000, 90_000, null, null, 43_200, null] });
  });
});

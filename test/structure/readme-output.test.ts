import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../cli/memory-io.js';

const root = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'tokenhub-readme-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('the output shown in the README is what its commands print (renew it with: node scripts/readme-output.js)', async () => {
  const blocks = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```console\n([\s\S]*?)```/g)];
  const shown = blocks.map(([, block]) => block!).join('');
  const commands = shown.split('\n').filter((line) => line.startsWith('$ tokenhub '));
  expect(commands.length).toBeGreaterThanOrEqual(5);
  let printed = '';
  for (const line of commands) {
    const { stdout } = await run(line.replace('$ tokenhub ', '').split(' '), {
      cwd: join(root, 'fixtures/token-hub'),
      env: { TOKENHUB_LEDGER: join(scratch, 'tokenhub.db') },
    });
    printed += `${line}\n${stdout}`;
  }
  expect(printed).toBe(shown);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { afterAll, expect, test } from 'vitest';
import { run } from '../cli/memory-io.js';

const root = resolve(import.meta.dirname, '../..');
const organisation = join(root, 'fixtures/token-hub');
const scratch = mkdtempSync(join(tmpdir(), 'tokenhub-readme-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** `logs/name-*.prom` stands for the files there are, and quotes hold a word together, as in a shell. */
const wordsOf = (line: string): string[] =>
  (line.replace('$ tokenhub ', '').match(/"[^"]*"|\S+/g) ?? []).flatMap((word) => {
    if (word.startsWith('"')) return [word.slice(1, -1)];
    return word.includes('*') ? globSync(word, { cwd: organisation }).sort() : [word];
  });

test.each([
  ['README.md', 5],
  ['docs/guide.md', 5],
])(
  'the output shown in %s is what its commands print (renew it with: node scripts/readme-output.js)',
  async (name, least) => {
    const blocks = [...readFileSync(join(root, name), 'utf8').matchAll(/```console\n([\s\S]*?)```/g)];
    const shown = blocks.map(([, block]) => block!).join('');
    const commands = shown.split('\n').filter((line) => line.startsWith('$ tokenhub '));
    expect(commands.length).toBeGreaterThanOrEqual(least);
    let printed = '';
    for (const line of commands) {
      const { stdout } = await run(wordsOf(line), {
        cwd: organisation,
        env: { TOKENHUB_LEDGER: join(scratch, `${name.length}.db`) },
      });
      printed += `${line}\n${stdout}`;
    }
    expect(printed).toBe(shown);
  },
);

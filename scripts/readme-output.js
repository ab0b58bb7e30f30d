/** Writes the real output below every `$ tokenhub …` line of the console blocks of README.md and the guide. A test compares them. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
execFileSync(process.execPath, [join(root, 'scripts', 'build.js'), '--if-stale'], { stdio: 'inherit' });
const organisation = join(root, 'fixtures', 'token-hub');
const scratch = mkdtempSync(join(tmpdir(), 'tokenhub-readme-'));

/** The words of a command line; `logs/name-*.prom` stands for the files there are, and quotes hold a word together, as in a shell. */
const wordsOf = (line) =>
  line
    .replace('$ tokenhub ', '')
    .match(/"[^"]*"|\S+/g)
    .flatMap((word) => {
      if (word.startsWith('"')) return [word.slice(1, -1)];
      return word.includes('*') ? globSync(word, { cwd: organisation }).sort() : [word];
    });

const outputOf = (line, ledger) =>
  spawnSync(process.execPath, [join(root, 'bin', 'tokenhub.js'), ...wordsOf(line)], {
    cwd: organisation,
    env: { ...process.env, TOKENHUB_LEDGER: join(scratch, ledger) },
    encoding: 'utf8',
  }).stdout;

for (const name of ['README.md', 'docs/guide.md']) {
  const document = join(root, name);
  const ledger = `${name.length}.db`;
  const text = readFileSync(document, 'utf8').replace(/```console\n([\s\S]*?)```/g, (_, block) => {
    const commands = block.split('\n').filter((line) => line.startsWith('$ '));
    return `\`\`\`console\n${commands.map((line) => `${line}\n${outputOf(line, ledger)}`).join('')}\`\`\``;
  });
  writeFileSync(document, text);
}
rmSync(scratch, { recursive: true });

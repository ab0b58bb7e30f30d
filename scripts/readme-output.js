/** Writes the real output below every `$ tokenhub …` line of README.md's console blocks. A test compares them. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
execFileSync(process.execPath, [join(root, 'scripts', 'build.js'), '--if-stale'], { stdio: 'inherit' });
const scratch = mkdtempSync(join(tmpdir(), 'tokenhub-readme-'));

const outputOf = (line) =>
  spawnSync(process.execPath, [join(root, 'bin', 'tokenhub.js'), ...line.replace('$ tokenhub ', '').split(' ')], {
    cwd: join(root, 'fixtures', 'token-hub'),
    env: { ...process.env, TOKENHUB_LEDGER: join(scratch, 'tokenhub.db') },
    encoding: 'utf8',
  }).stdout;

const readme = join(root, 'README.md');
const text = readFileSync(readme, 'utf8').replace(/```console\n([\s\S]*?)```/g, (_, block) => {
  const commands = block.split('\n').filter((line) => line.startsWith('$ '));
  return `\`\`\`console\n${commands.map((line) => `${line}\n${outputOf(line)}`).join('')}\`\`\``;
});
writeFileSync(readme, text);
rmSync(scratch, { recursive: true });

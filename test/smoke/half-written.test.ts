import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scene } from '../cli/scene.js';
import { bin, plainEnv } from './program.js';

const CONFIG = 'budgets:\n  - { name: prompts, paths: ["prompts/*.md"], max: 1 tokens }\n';

test.skipIf(process.platform === 'win32')('a report that could be written in part alone is taken away: exit 2', () => {
  const prompts = Array.from({ length: 40 }, (_, i) => [`prompts/${i}.md`, 'more than one token'] as const);
  const at = scene({ ...Object.fromEntries(prompts), 'tokenhub.config.yaml': CONFIG });
  // Files may have 8 KiB, in blocks of 1,024 bytes; beyond that, writing fails as on a full disk.
  const script = `trap '' XFSZ; ulimit -f 8; exec "$0" "$1" check -o tokenhub.sarif`;
  const argv = ['-c', script, process.execPath, bin];
  const { status, stderr } = spawnSync('bash', argv, { cwd: at.folder, env: plainEnv(), encoding: 'utf8' });
  expect(stderr).toContain('tokenhub.sarif: cannot be written: EFBIG');
  expect(status).toBe(2);
  expect(existsSync(at.path('tokenhub.sarif'))).toBe(false);
  expect(readFileSync(at.path('tokenhub.config.yaml'), 'utf8')).toBe(CONFIG);
});

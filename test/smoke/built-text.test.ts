import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Scene, sceneIn, sharedScene } from '../cli/scene.js';
import { plainEnv, root, tokenhub } from './program.js';

/** What the built program prints must be what its source does: bundling has changed text in regular expressions before. */
const at = sharedScene();
const organisation = join(root, 'fixtures/token-hub');
const TABLE = ['--format', 'table'];

/** The same words to both, each with a ledger of its own. */
async function both(cwd: string, ...argv: readonly string[]) {
  const built = tokenhub([...argv, '--ledger', at.path('built.db')], { cwd, env: plainEnv() });
  const source: Scene = sceneIn(cwd);
  const { exitCode, stdout } = await source.tokenhub(...argv, '--ledger', at.path('source.db'));
  expect(built.status).toBe(exitCode);
  return { built: built.stdout, source: stdout };
}

test('a bill with Chinese columns is read alike', async () => {
  copyFileSync(join(root, 'fixtures/usage/alibaba-bill.csv'), at.path('bill.csv'));
  const { built, source } = await both(at.folder, 'import', 'bill.csv', ...TABLE);
  expect(source).toMatch(/^bill\.csv +alibaba-bill +bill .* 13 +12 /m);
  expect(built).toBe(source);
});

test('recordings are reconciled alike', async () => {
  const { built, source } = await both(
    organisation,
    ...['reconcile', '--app', 'logs/qianwen-app.csv', '--gateway', 'logs/bailian-gateway.log'],
    ...['--bill', 'logs/bailian-bill.csv', '--unit', 'qianwen', ...TABLE],
  );
  expect(source).toContain('nothing is left unexplained');
  expect(built).toBe(source);
});

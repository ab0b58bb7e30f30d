/**
 * The main job in a few minutes of reading, on the fixtures of the reference organisation: count the prompts, import the
 * logs, report cost per unit and what changed, follow tokens through the stages and name what was lost, write a bill,
 * trace a figure, check the budgets, close the month. The ledger lives in a temporary directory and goes with it.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const organisation = join(root, 'fixtures', 'token-hub');
if (!existsSync(join(root, 'dist', 'cli.cjs'))) {
  console.error('tokenhub is not built yet; run: npm ci');
  process.exit(2);
}
/** What the checklist finds in the example and a closing leaves as it is. */
const ACCEPTED = 'unended,gaps,unassigned,unpriced,unreconciled,preliminary';
const scratch = mkdtempSync(join(tmpdir(), 'tokenhub-demo-'));

/** The logs whose names begin so, as a shell would expand `logs/<start>*`. */
const logsOf = (start) =>
  readdirSync(join(organisation, 'logs'))
    .filter((name) => name.startsWith(start))
    .sort()
    .map((name) => `logs/${name}`);

/** Runs one command as a user would type it in `fixtures/token-hub`, and shows both. */
function show(comment, words, { expect = 0 } = {}) {
  console.log(`\n# ${comment}\n$ tokenhub ${words.join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(root, 'bin', 'tokenhub.js'), ...words], {
    cwd: organisation,
    env: { ...process.env, TOKENHUB_LEDGER: join(scratch, 'tokenhub.db') },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== expect) throw new Error(`tokenhub ${words[0]} ended with ${status}, not ${expect}`);
  if (status !== 0) console.log(`(exit code ${status})`);
}

try {
  console.log('Alibaba Token Hub, the reference organisation: Tongyi Lab creates tokens, Bailian transports them,');
  console.log('Qianwen, Wukong and AI Innovation apply them. October 2026, prices in CNY.');
  show('What the prompts cost in tokens, exactly', ['count', 'prompts', '--model', 'gpt-4o']);
  show('Who creates: counters of the engines, of which usage is the difference', ['import', ...logsOf('tongyi-vllm')]);
  show('Engines for experiments of the lab, an account of its own', [
    ...['import', '--account', 'tongyi-lab'],
    ...logsOf('tongyi-sglang'),
  ]);
  show('Who transports: the log of the gateway, and the bill', ['import', ...logsOf('bailian')]);
  show('Who applies: an app, agents that are also booked in grains, media', [
    ...['import', ...logsOf('qianwen'), ...logsOf('wukong'), ...logsOf('innovation')],
  ]);
  show('The same file again changes nothing', ['import', 'logs/qianwen-app.csv']);
  show('What was imported; imports undo takes one back', ['imports']);
  show('Which rule gives which usage to which unit', ['units']);
  show('What each unit used and what it cost; the same tokens are never added twice', [
    ...['report', '--by', 'unit,model', '--period', '2026-10'],
  ]);
  show('Whose systems recorded it, whoever pays', ['report', '--by', 'operator,unit', '--period', '2026-10']);
  show('The second half of the month beside the 16 days before', [
    ...['report', '--by', 'unit', '--from', '2026-10-16', '--to', '2026-10-31', '--compare', 'previous'],
  ]);
  show('What was created, transported and applied, and what was lost between', [
    ...['flow', '--by', 'model', '--period', '2026-10'],
  ]);
  show('Why the app, the gateway and the bill of Qianwen differ: every cause, and the requests that show it', [
    ...['reconcile', '--app', 'logs/qianwen-app.csv', '--gateway', 'logs/bailian-gateway.log'],
    ...['--bill', 'logs/bailian-bill.csv', '--unit', 'qianwen'],
  ]);
  show('The bill of one unit', ['statement', '--unit', 'wukong', '--period', '2026-10']);
  show('From a figure back to rules, rates and lines of files', [
    ...['why', '--unit', 'wukong', '--period', '2026-10', '--model', 'qwen3-max', '--rows', '3'],
  ]);
  show('The gate: budgets in money, tokens, images, and grains of each person', ['check', '--at', '2026-10-31'], {
    expect: 1,
  });
  show('The month is frozen, with what is known to be missing', ['close', '2026-10', '--accept', ACCEPTED]);
  show('Hours of the bill that come late are corrections of the open month', ['import', 'late/bailian-bill-late.csv']);
  show('What was closed, and what came after', ['close', '--list']);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

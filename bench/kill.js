/**
 * An import killed (SIGKILL) at many moments, one in each part of its time: after each the ledger must be whole and as it
 * was (or complete, when the commit was over), and at last the import must complete with exact totals. Exit code 1 when something is not so.
 * Only processes started here are killed, each by its own handle. Run: npm run bench:kill
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { judge, noneOf } from './bars.js';
import { stateOf } from './ledger-state.js';
import { fixedRandom, shuffled } from './random.js';
import { bin } from './root.js';
import { nodeScript } from './run-child.js';
import { scratchFolder } from './scratch.js';
import { sizesOf } from './sizes.js';
import { tokenhubImport } from './usage-imports.js';
import { countText, usageLog } from './usage-log.js';
import { COLUMNS } from './usage-rows.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1m' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '2463534242' },
  },
});
const [rows] = sizesOf([values.rows]);
const kills = Number(values.kills);
const random = fixedRandom(Number(values.seed));

const scratch = scratchFolder();
const env = { TOKENHUB_CACHE: join(scratch, 'cache') };
const small = join(scratch, 'small.csv');
const [ledger, fresh, kept] = ['tokenhub.db', 'fresh.db', 'kept.db'].map((name) => join(scratch, name));
const log = usageLog(rows);

/** What the kill left, before anybody mends it. */
function filesNow() {
  const journal = `${ledger}-journal`;
  return `file ${megabytes(ledger)}${existsSync(journal) ? `, journal ${megabytes(journal)}` : ''}`;
}

/** All or nothing: an import that had committed is all there, though it was killed before it could say so. */
function outcomeOf(state, doneIn) {
  if (state === before) return 'whole, and as before';
  if (state !== after) return `NEITHER AS BEFORE NOR COMPLETE: ${state}`;
  return doneIn === null ? 'whole, and complete' : 'was done before the kill';
}

const megabytes = (file) => `${(statSync(file).size / 1e6).toFixed(1)} MB`;

let child = null;
process.once('exit', () => child?.kill('SIGKILL'));

/** Starts the import and kills it after so many milliseconds. @returns how long it took when it was done before that, else null; throws when it failed by itself */
async function killAfter(ms) {
  const start = performance.now();
  const [command, ...words] = nodeScript(bin, 'import', log.path, '--ledger', ledger);
  child = spawn(command, words, { cwd: scratch, env: { ...process.env, ...env }, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await Promise.race([sleep(ms, null, { ref: false }), ended]);
  child.kill('SIGKILL');
  const [code, signal] = await ended;
  child = null;
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the import ended by itself with ${code ?? signal}`);
  return signal === 'SIGKILL' ? null : performance.now() - start;
}

/** One moment at random in each part of the import's time, in mixed order, as shares of that time. */
const moments = shuffled(Array.from({ length: kills }, (_, i) => (i + random.below(1000) / 1000) / kills));

const SMALL_ROW =
  '2026-01-01T08:00:00.000Z,small-1,gpt-4o,openai,100,0,20,0,500,200,business-00,project-000,user-0000,agent-worker-00000';
writeFileSync(small, `${COLUMNS}\n${SMALL_ROW}\n`);
await tokenhubImport(scratch, ledger, small);
for (const copy of [fresh, kept]) copyFileSync(ledger, copy);
const before = await stateOf(scratch, ledger);

const whole = await tokenhubImport(scratch, fresh, log.path);
const after = await stateOf(scratch, fresh);
console.log(
  `${countText(rows)} rows, imported in ${(whole.ms / 1000).toFixed(1)} s when nobody interferes; ${kills} kills, seed ${values.seed}`,
);

const wrong = [];
let duration = whole.ms;
for (const [i, moment] of moments.entries()) {
  const ms = moment * duration;
  const doneIn = await killAfter(ms);
  const files = filesNow();
  const state = await stateOf(scratch, ledger);
  console.log(`${String(i + 1).padStart(2)}. after ${(ms / 1000).toFixed(2)} s, ${files}: ${outcomeOf(state, doneIn)}`);
  if (state !== before && state !== after) wrong.push(`kill ${i + 1}`);
  if (state !== before) copyFileSync(kept, ledger);
  duration = doneIn ?? duration;
}

const last = await tokenhubImport(scratch, ledger, log.path);
const end = await stateOf(scratch, ledger);
console.log(
  `then the import adds ${last.added} rows; totals ${end === after ? 'as in a ledger never killed' : `ARE OTHERS: ${end}`}`,
);
if (end !== after || last.added !== rows) wrong.push('the import after them');
judge([noneOf('kills that changed something', wrong)], { isQuick: false });

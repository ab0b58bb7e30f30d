import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedScene } from '../cli/scene.js';
import { bin, plainEnv, tokenhub } from './program.js';

/** Rows of the large file, with 1, 2, 3, ... input tokens and 1 output token each. */
const ROWS = 400_000;
const COLUMNS = 'timestamp,request_id,model,provider,input_tokens,output_tokens';
const SMALL = `${COLUMNS}\n2026-10-05T08:00:00Z,s-1,qwen-plus,alibaba,100,20\n`;
/** 1 + 2 + ... + 400,000 = 400,000 x 400,001 / 2, and 400,000; the small file's 120. */
const TOTAL = 80_000_200_000 + 400_000 + 120;

const { folder, path } = sharedScene({ 'small.csv': SMALL });
const ledger = path('tokenhub.db');

beforeAll(() => {
  const rows = Array.from({ length: ROWS }, (_, i) => `2026-10-05T08:00:00Z,k-${i},qwen-plus,alibaba,${i + 1},1\n`);
  writeFileSync(path('large.csv'), `${COLUMNS}\n${rows.join('')}`);
});

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

interface Moment {
  readonly name: string;
  readonly reached: () => boolean;
  /** Milliseconds to go on after that; where nothing can be seen from outside. */
  readonly later?: number;
}

const BEGUN: Moment = { name: 'its journal appears', reached: () => existsSync(`${ledger}-journal`) };
const COMMITTING: Moment = { name: 'all rows are read and it commits', reached: () => sizeOf(ledger) > 14_000_000 };
/** Each later than the one before; all but the last lie inside its one transaction. */
const MOMENTS: readonly Moment[] = [
  BEGUN,
  { ...BEGUN, name: 'rows are kept in memory', later: 300 },
  { name: 'the first pages are in the file', reached: () => sizeOf(ledger) > 500_000 },
  { name: 'more pages are in the file', reached: () => sizeOf(ledger) > 3_500_000 },
  COMMITTING,
];

const startImport = (): ChildProcess =>
  spawn(process.execPath, [bin, 'import', 'large.csv'], { cwd: folder, env: plainEnv(), stdio: 'ignore' });

/** Sends a signal as soon as the moment is reached; returns how the process ended. */
async function stopAt(
  { reached, later = 0 }: Moment,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const child = startImport();
  const ended = once(child, 'exit');
  for (let waited = 0; !reached() && child.exitCode === null && waited < 30_000; waited += 2) await sleep(2);
  if (later > 0) await sleep(later);
  child.kill(signal);
  const [code, by] = await ended;
  return { code, signal: by };
}

/** Everything an analyst can see, in a fixed order; opening it mends what a kill left. */
function contentOf(file: string) {
  const db = new Database(file);
  try {
    const problems = db.pragma('integrity_check', { simple: true });
    const all = (sql: string) => db.prepare(sql).all();
    const counts = all('SELECT count(*) AS events, sum(total) AS tokens FROM usage');
    return {
      problems,
      counts,
      imports: all('SELECT * FROM import ORDER BY id'),
      strays: db.pragma('foreign_key_check'),
    };
  } finally {
    db.close();
  }
}

const report = (): { requests: number; tokens: number } => {
  const { stdout } = tokenhub(['report', '--by', 'model', '--json'], { cwd: folder });
  const { totals } = JSON.parse(stdout);
  return { requests: totals.requests, tokens: totals.tokens.total };
};

describe('an import killed at any moment', () => {
  test.each(MOMENTS)('leaves the ledger valid and as it was: $name', async (moment) => {
    rmSync(ledger, { force: true });
    expect(tokenhub(['import', 'small.csv'], { cwd: folder }).status).toBe(0);
    const before = contentOf(ledger);
    expect(before.problems).toBe('ok');
    const { code, signal } = await stopAt(moment, 'SIGKILL');
    // Only around the commit may the import be faster than the kill: then all of it is there.
    const isWhole = moment === COMMITTING && (code === 0 || sizeOf(`${ledger}-journal`) === 0);
    if (!isWhole) {
      expect(signal).toBe('SIGKILL');
      expect(report()).toEqual({ requests: 1, tokens: 120 });
      expect(contentOf(ledger)).toEqual(before);
    }
    expect(contentOf(ledger)).toMatchObject({ problems: 'ok', strays: [] });
  });

  test('is completed by the next one, with exact totals, though it was killed before', async () => {
    rmSync(ledger, { force: true });
    tokenhub(['import', 'small.csv'], { cwd: folder });
    await stopAt({ ...BEGUN, later: 300 }, 'SIGKILL');
    const { status, stderr } = tokenhub(['import', 'large.csv'], { cwd: folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(report()).toEqual({ requests: ROWS + 1, tokens: TOTAL });
    expect(contentOf(ledger)).toMatchObject({ problems: 'ok', strays: [] });
  });

  test('that was the first leaves nothing that hinders the next', async () => {
    rmSync(ledger, { force: true });
    const { signal } = await stopAt({ name: 'its ledger appears', reached: () => existsSync(ledger) }, 'SIGKILL');
    expect(signal).toBe('SIGKILL');
    expect(tokenhub(['import', 'small.csv'], { cwd: folder })).toMatchObject({ status: 0 });
    expect(report()).toEqual({ requests: 1, tokens: 120 });
  });

  test('by Ctrl-C exits 130 and leaves the ledger as it was', async () => {
    rmSync(ledger, { force: true });
    tokenhub(['import', 'small.csv'], { cwd: folder });
    const before = contentOf(ledger);
    expect(await stopAt({ ...BEGUN, later: 200 }, 'SIGINT')).toEqual({ code: 130, signal: null });
    expect(contentOf(ledger)).toEqual(before);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sharedScene } from '../cli/scene.js';
import { bin, plainEnv, tokenhub } from './program.js';

/** Rows of the large file: enough for seconds. */
const ROWS = 600_000;
const COLUMNS = 'timestamp,request_id,model,provider,input_tokens,output_tokens';
const rowsOf = (prefix: string, count: number): string =>
  `${COLUMNS}\n${Array.from({ length: count }, (_, i) => `2026-10-05T08:00:00Z,${prefix}-${i},qwen-plus,alibaba,1,1\n`).join('')}`;

const { folder, path } = sharedScene({ 'small.csv': rowsOf('s', 1), 'other.csv': rowsOf('o', 2) });
const ledger = path('tokenhub.db');
const temporary = path('tmp');

beforeAll(() => {
  const rows = rowsOf('k', ROWS);
  writeFileSync(path('large.csv'), rows);
  writeFileSync(path('large.csv.gz'), gzipSync(rows, { level: 1 }));
});
beforeEach(() => {
  rmSync(ledger, { force: true });
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary);
});

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; stderr: string; stdout: string }>;
}

function start(argv: readonly string[], stdin: 'ignore' | 'pipe' = 'ignore'): Started {
  const env = plainEnv({ TMPDIR: temporary });
  const child = spawn(process.execPath, [bin, ...argv], { cwd: folder, env, stdio: [stdin, 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout!.on('data', (text) => {
    stdout += text;
  });
  child.stderr!.on('data', (text) => {
    stderr += text;
  });
  return { child, ended: once(child, 'close').then(([code]) => ({ code, stderr, stdout })) };
}

async function until(reached: () => boolean): Promise<void> {
  for (let waited = 0; !reached(); waited += 5) {
    if (waited > 30_000) throw new Error('it never came');
    await sleep(5);
  }
}

const isWriting = (): boolean => existsSync(`${ledger}-journal`);

/** Rows are written to it once they fill the memory for pages: about half of the large file. */
const hasRowsInFile = (): boolean => (statSync(ledger, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000;

const events = (): number => {
  const db = new Database(ledger, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return db.prepare('SELECT count(*) FROM event').pluck().get() as number;
  } finally {
    db.close();
  }
};

/** Those that are committed; 0 also while the ledger is locked or not yet made. */
function imports(): number {
  if (!existsSync(ledger)) return 0;
  const db = new Database(ledger, { readonly: true, timeout: 0 });
  try {
    return db.prepare('SELECT count(*) FROM import').pluck().get() as number;
  } catch {
    return 0;
  } finally {
    db.close();
  }
}

describe('Ctrl-C', () => {
  test.each([
    ['SIGINT', 'as it begins', isWriting],
    ['SIGTERM', 'with rows in the file', hasRowsInFile],
  ] as const)('(%s) during an import, %s, leaves the ledger as it was and says so', async (signal, _, reached) => {
    tokenhub(['import', 'small.csv'], { cwd: folder });
    const before = readFileSync(ledger);
    const { child, ended } = start(['import', 'large.csv']);
    await until(reached);
    child.kill(signal);
    expect(await ended).toEqual({ code: 130, stdout: '', stderr: 'interrupted: the ledger is as it was before\n' });
    expect(isWriting()).toBe(false);
    expect(readFileSync(ledger).equals(before)).toBe(true);
  });

  test('while files are checked ends it, too', async () => {
    tokenhub(['import', 'small.csv'], { cwd: folder });
    const { child, ended } = start([
      'import',
      ...Array(40)
        .fill('large.csv.gz')
        .map((name, i) => `${'./'.repeat(i)}${name}`),
    ]);
    await sleep(700);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: 'interrupted: the ledger is as it was before\n' });
    expect(events()).toBe(1);
  });

  test('removes the temporary copy of standard input', async () => {
    tokenhub(['import', 'small.csv'], { cwd: folder });
    const { child, ended } = start(['import', '-'], 'pipe');
    child.stdin!.end(readFileSync(path('large.csv')));
    await until(isWriting);
    expect(readdirSync(temporary)).toHaveLength(1);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('ends the waiting for standard input', async () => {
    const { child, ended } = start(['import', '-'], 'pipe');
    child.stdin!.write('timestamp,model\n');
    await until(() => readdirSync(temporary).length === 1);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: 'interrupted: the ledger is as it was before\n' });
    expect(readdirSync(temporary)).toEqual([]);
    expect(existsSync(ledger)).toBe(false);
  });

  test('says which files of several are kept', async () => {
    const { child, ended } = start([
      'import',
      'large.csv',
      'other.csv',
      ...Array(30)
        .fill('large.csv.gz')
        .map((name, i) => `${'./'.repeat(i)}${name}`),
    ]);
    // the gzip files hold the same rows, which takes seconds
    await until(() => imports() > 0 && isWriting());
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain(
      'interrupted: 1 file had been imported whole and stay; of the others the ledger holds nothing',
    );
    expect(events()).toBe(ROWS);
  });
});

test('several large files, one of them bad, and a small one are imported one after the other', async () => {
  const half = ROWS / 2;
  writeFileSync(path('second.csv'), rowsOf('n', half));
  writeFileSync(path('bad.csv'), `${rowsOf('b', half)}soon,b-0,qwen-plus,alibaba,1,1\n`);
  const { ended } = start(['import', 'large.csv', 'other.csv', 'bad.csv', 'second.csv']);
  const { code, stderr } = await ended;
  expect(stderr).toContain(`bad.csv:${half + 2}: timestamp: "soon"`);
  expect(code).toBe(2);
  expect(events()).toBe(ROWS + 2 + 2 * half);
});

describe('a second import', () => {
  test('says that it waits for the first, and then goes on', async () => {
    tokenhub(['import', 'small.csv'], { cwd: folder });
    const first = start(['import', 'large.csv']);
    await until(isWriting);
    const second = start(['import', 'other.csv']);
    expect(await second.ended).toMatchObject({
      code: 0,
      stderr: `${ledger}: waiting for another import, for at most 60 s\n`,
    });
    expect((await first.ended).code).toBe(0);
    expect(events()).toBe(1 + ROWS + 2);
  });

  test('that may not wait so long fails, and says how to go on', async () => {
    tokenhub(['import', 'small.csv'], { cwd: folder });
    const first = start(['import', 'large.csv']);
    await until(isWriting);
    const { code, stderr } = await start(['import', 'other.csv', '--wait', '0']).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('is still being written by another process after 0 s; nothing more was changed\n');
    expect(stderr).toContain('run the import again when the other one is done');
    expect((await first.ended).code).toBe(0);
    expect(events()).toBe(1 + ROWS);
  });

  test('at the moment the ledger is made comes out whole, too', async () => {
    const both = [start(['import', 'small.csv']), start(['import', 'other.csv'])];
    for (const { ended } of both) expect(await ended).toMatchObject({ code: 0 });
    expect(events()).toBe(3);
  });
});

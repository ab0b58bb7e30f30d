import { describe, expect, test } from 'vitest';
import { durationText, importLine, importProgress } from '../../src/cli/import-progress.js';
import { main } from '../../src/cli/main.js';
import { folderWith } from '../files/folder.js';
import { terminal } from './terminal.js';

describe('progress of an import', () => {
  test('says share of bytes, file, records, speed and time left', () => {
    // a quarter of the bytes: 5 of 20 marks; 30,000 records in 2 s; three more quarters take 3 x 2 s
    const state = { phase: 'importing', file: 'a.csv', done: 250, total: 1000, records: 30_000, ms: 2000 } as const;
    expect(importLine(state)).toBe('importing  ━━━━━───────────────  25%  a.csv  30,000 records  15,000/s  6 s left');
  });

  test('says the speed in bytes while files are checked', () => {
    // 3 GB of 4 in 6 s are 500 MB/s; the last takes 2 s
    const state = { phase: 'checking', file: 'a.gz', done: 3e9, total: 4e9, records: 0, ms: 6000 } as const;
    expect(importLine(state)).toBe('checking  ━━━━━━━━━━━━━━━─────  75%  a.gz  500 MB/s  2 s left');
  });

  test('knows no time left before anything is done', () => {
    const state = { phase: 'importing', file: 'a.db', done: 0, total: 1000, records: 0, ms: 1 } as const;
    expect(importLine(state)).toBe(`importing  ${'─'.repeat(20)}  0%  a.db  0 records  0/s`);
  });

  test.each([
    [900, '1 s'],
    [59_001, '1 min 0 s'],
    [80_000, '1 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('a time of %i ms is %s', (ms, text) => expect(durationText(ms)).toBe(text));

  test('counts a file for read when the next begins, and leaves out what need not be read', () => {
    const { io, lines } = terminal(1000);
    const progress = importProgress(io);
    progress.start('importing', 1000);
    progress.file('a.db', 500);
    progress.add({ bytes: 0, read: 5 });
    progress.file('b.csv', 250);
    progress.without(250); // imported before: 750 bytes in all
    progress.file('c.csv', 250);
    progress.add({ bytes: 125, read: 5 }); // 625 of 750
    expect(lines.map((line) => line.split('  ').slice(2, 5).join(' '))).toEqual([
      '0% a.db 5 records',
      '83% c.csv 10 records',
    ]);
  });

  test('adds up what is read of files whose size nobody told', () => {
    const { io, lines } = terminal(1000);
    const progress = importProgress(io);
    progress.start('checking', 1000);
    for (const name of ['a', 'b', 'c']) {
      progress.file(name, null);
      progress.add({ bytes: 200, read: 0 }); // 200, 400, 600 of 1,000
    }
    expect(lines.map((line) => line.split('  ')[2])).toEqual(['20%', '40%', '60%']);
  });

  test('is shown for both phases, and taken away at the end', async () => {
    const head = 'timestamp,model,input_tokens\n';
    const { io, lines } = terminal(
      400,
      folderWith({ 'a.csv': `${head}2026-10-05,m,1\n`, 'b.csv': `${head}2026-10-06,m,1\n` }),
    );
    expect(await main(['import', 'a.csv', 'b.csv'], io)).toBe(0);
    expect(lines.some((line) => line.startsWith('checking'))).toBe(true);
    expect(lines.some((line) => line.startsWith('importing'))).toBe(true);
    expect(lines.at(-1)).toBe('');
  });
});

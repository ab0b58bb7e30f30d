import { describe, expect, test } from 'vitest';
import { countingLine, countingProgress } from '../../src/cli/counting-progress.js';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import { terminalLine } from '../../src/cli/terminal-line.js';
import { folderWith } from '../files/folder.js';
import { memoryIo } from './memory-io.js';
import { terminal } from './terminal.js';

describe('progress', () => {
  test('says files done of all, size and speed', () => {
    // half of 4 files: 10 of 20 marks; 3 MB in 1.5 s are 2 MB/s
    expect(countingLine({ done: 2, files: 4, bytes: 3_000_000, ms: 1500 })).toBe(
      '━━━━━━━━━━──────────  2 of 4 files  3.0 MB  2 MB/s',
    );
  });

  test('is not shown before half a second has passed', () => {
    const { io, lines } = terminal(1);
    const { add, clear } = countingProgress(io, 100);
    for (let i = 0; i < 100; i += 1) add(1);
    clear();
    expect(lines).toEqual([]);
  });

  test('is taken away at the end of a count, and before an error is said', async () => {
    const files = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}.md`, 'a']));
    const { io, lines } = terminal(400, folderWith(files));
    expect(await main(['count', '.'], io)).toBe(0);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.at(-1)).toBe('');
  });

  test('costs not even a look at the clock where nobody sees it', () => {
    const io: Io = {
      ...memoryIo({}).io,
      now: () => {
        throw new Error('the clock was read');
      },
    };
    const { add, clear } = countingProgress(io, 1);
    add(1);
    clear();
  });
});

describe('a line on a terminal', () => {
  test('is replaced in place, cut to the width, and taken away once', () => {
    const written: string[] = [];
    const show = terminalLine(
      (text) => written.push(text),
      () => 6,
    );
    show('');
    show('abcdefgh');
    show('模型模型');
    show('');
    show('');
    // one column stays free, so that no terminal wraps
    expect(written).toEqual(['\r\u001b[2Kabcde', '\r\u001b[2K模型', '\r\u001b[2K']);
  });
});

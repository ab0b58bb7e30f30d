import { expect, test } from 'vitest';
import { planImport } from '../../../src/cli/flows/import-plan.js';
import { importThread } from '../../../src/cli/flows/import-thread.js';
import type { EntryPart, ReadTask } from '../../../src/cli/flows/read-entries.js';
import { defaultPriceBook } from '../../../src/pricing/default-book.js';
import { folderWith } from '../../files/folder.js';
import { memoryIo } from '../memory-io.js';

/** Some 2.4 MB: worth a thread. */
const ROWS = 40_000;
const csv = (prefix: string, last = '') =>
  `timestamp,request_id,model,provider,input_tokens\n${Array.from({ length: ROWS }, (_, i) => `2026-10-05T08:00:00Z,${prefix}-${i},qwen-plus,alibaba,${i}\n`).join('')}${last}`;

const CONFIG: ReadTask['config'] = { prices: [], contracts: [], alibaba: { region: 'cn' }, plans: [] };

async function tasksOf(files: Record<string, string>): Promise<ReadTask[]> {
  const { io } = memoryIo({ cwd: folderWith(files) });
  const reading = { source: null, role: null, account: null, accounts: {}, mapping: {}, timeZone: 'UTC', at: null };
  const plan = await planImport(io, Object.keys(files), { ...reading, restate: false });
  return plan.map(({ name, path, hashed, opening, reading, source }) => ({
    ...{ name, path, hashed, opening, reading, config: CONFIG },
    rules: { units: [], rules: [], timeZone: 'UTC' },
    source: { name: source!.name, kind: source!.kind },
  }));
}

const book = defaultPriceBook({ user: null, region: 'cn', contracts: [] });

async function countOf(parts: AsyncIterable<EntryPart>) {
  const count = { entries: 0, rejects: 0 };
  for await (const { batch, rejects } of parts) {
    count.entries += batch.size;
    count.rejects += rejects.length;
  }
  return count;
}

test('one thread reads several files to their ends, one after the other', async () => {
  const tasks = await tasksOf({
    'a.csv': csv('a'),
    'b.csv': csv('b', 'soon,x,qwen-plus,alibaba,1\n'),
    'c.csv': csv('c'),
  });
  await using thread = importThread(CONFIG);
  const counts = [];
  for (const task of tasks) counts.push(await countOf(thread.read(task, book)));
  expect(counts).toEqual([0, 1, 0].map((rejects) => ({ entries: ROWS, rejects })));
});

test('a file that is given up, or cannot be read, is not in the way of the next', async () => {
  const [first, next] = await tasksOf({ 'a.csv': csv('a'), 'b.csv': csv('b') });
  await using thread = importThread(CONFIG);
  for await (const _ of thread.read(first!, book)) break;
  await expect(countOf(thread.read({ ...first!, path: `${first!.path}-gone` }, book))).rejects.toMatchObject({
    code: 'PATH_NOT_FOUND',
  });
  expect(await countOf(thread.read(next!, book))).toEqual({ entries: ROWS, rejects: 0 });
});

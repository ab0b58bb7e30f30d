import { expect, test } from 'vitest';
import { mapConcurrently } from '../../src/files/map-concurrently.js';

test('results come in the order of the items, whichever is done first', async () => {
  const releases: (() => void)[] = [];
  const working = mapConcurrently([0, 1, 2], 3, (item) => new Promise((done) => (releases[item] = () => done(item))));
  for (const item of [2, 0, 1]) releases[item]!();
  expect(await working).toEqual([0, 1, 2]);
});

test('no more than `width` items are worked on at a time', async () => {
  let [now, most] = [0, 0];
  await mapConcurrently([...'abcdefghij'], 4, async () => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now--;
  });
  expect(most).toBe(4);
});

test('the first failure stops the others and is what is thrown', async () => {
  const begun: number[] = [];
  const stopped: number[] = [];
  const working = mapConcurrently([0, 1, 2, 3], 2, async (item, stop) => {
    begun.push(item);
    if (item === 0) throw new Error('first');
    await new Promise<void>((done) => stop.addEventListener('abort', () => done()));
    stopped.push(item);
  });
  await expect(working).rejects.toThrow('first');
  await Promise.resolve();
  expect({ begun, stopped }).toEqual({ begun: [0, 1], stopped: [1] });
});

test('nothing to do is nothing', async () => {
  expect(await mapConcurrently([], 4, async () => 1)).toEqual([]);
});

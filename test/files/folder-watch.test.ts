import { getEventListeners } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderWatch } from '../../src/files/folder-watch.js';
import { folderWith } from './folder.js';

test('leaves nothing on the signal, however often it waits', async () => {
  const folder = folderWith();
  const { signal } = new AbortController();
  using watch = new FolderWatch();
  watch.follow(new Set([folder]));
  for (let n = 0; n < 12; n++) {
    const changed = watch.changed(signal);
    expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1);
    writeFileSync(join(folder, `${n}`), '');
    await changed;
  }
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('ends a wait when the signal is aborted', async () => {
  const end = new AbortController();
  using watch = new FolderWatch();
  watch.follow(new Set([folderWith()]));
  const changed = watch.changed(end.signal);
  end.abort();
  await changed;
  expect(getEventListeners(end.signal, 'abort')).toEqual([]);
});

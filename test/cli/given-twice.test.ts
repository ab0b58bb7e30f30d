import { expect, test } from 'vitest';
import { scene } from './scene.js';

const RECORDINGS = ['reconcile', '--app', 'a.csv', '--gateway', 'b.csv', '--bill', 'c.csv'];

test.each([
  [['statement', '--unit', 'wukong', '--period', '2026-10'], '--unit'],
  [RECORDINGS, '--app'],
  [RECORDINGS, '--gateway'],
  [RECORDINGS, '--bill'],
])('%s with %s once more is refused, as one of the two would be dropped', async (argv, option) => {
  const { exitCode, stderr } = await scene().tokenhub(...argv, option, 'qianwen');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    new RegExp(`^error: option '${option} <.*>' argument 'qianwen' is invalid. It is given twice`),
  );
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FINDINGS } from '../../src/budget/codes.js';
import { EXPLANATIONS } from '../../src/budget/explanations.js';
import { CONFIGS_ON_DISK } from '../../src/files/configs-on-disk.js';
import { readConfig } from '../../src/files/read-config.js';

const guide = readFileSync(resolve(import.meta.dirname, '../../docs/guide.md'), 'utf8');

describe('the explanations of verdicts', () => {
  test('are of every code, and of no other', () => {
    expect(Object.keys(EXPLANATIONS)).toEqual(FINDINGS.map(({ code }) => code));
  });

  test.each(Object.entries(EXPLANATIONS))('of %s are whole sentences, with an example', (_, explanation) => {
    const { meaning, why, lower, accept, example } = explanation;
    for (const text of [meaning, why, lower, accept].filter((each) => each !== null))
      expect(text).toMatch(/^[A-Z`t].*\.$/s);
    expect(example).toMatch(/\n$/);
  });

  test.each(Object.entries(EXPLANATIONS))('of %s show a config that is one', async (_, { example }) => {
    const file = { path: '/x/tokenhub.config.yaml', shown: 'tokenhub.config.yaml', shownFrom: '/x' };
    expect((await readConfig(example, file, CONFIGS_ON_DISK, [])).budgets.length).toBeGreaterThan(0);
  });

  test('have the titles and levels that the guide lists', () => {
    const rows = [...guide.matchAll(/^\| `(TH\d{3})` \| (\w+) \| (.*) \|$/gm)];
    const listed = rows.map(([, code, level, title]) => ({ code, level, title }));
    expect(listed).toEqual(FINDINGS);
  });
});

import { describe, expect, test } from 'vitest';
import type { FileTokens, SectionTokens } from '../../../src/budget/files/file-measure.js';
import { haveGrown, partsOf } from '../../../src/budget/files/parts.js';

const file = (path: string, tokens: number, sections: readonly SectionTokens[] | null = null): FileTokens => ({
  path,
  tokens,
  atLeast: false,
  sections,
});

const section = (title: string, tokens: number): SectionTokens => ({ titles: ['Rules', title], line: 1, tokens });

const ALL = { path: null, section: null };
const ONE = { path: 'a.md', section: null };

/** `name tokens delta` of each part. */
const shown = (...asked: Parameters<typeof partsOf>): string[] =>
  partsOf(...asked).map(({ name, tokens, delta }) => `${name} ${tokens} ${delta}`);

describe('parts of all files together', () => {
  const NOW = [file('a.md', 50), file('b.md', 90), file('new.md', 20), file('c.md', 70)];

  test('are the files that grew most, new ones by all they have', () => {
    const before = [file('a.md', 45), file('b.md', 95), file('c.md', 70), file('gone.md', 500)];
    expect(shown(ALL, NOW, before)).toEqual(['new.md 20 20', 'a.md 50 5']);
  });

  test('are the largest files where none grew, or nothing is known of the base', () => {
    expect(shown(ALL, NOW, null)).toEqual(['b.md 90 null', 'c.md 70 null', 'a.md 50 null', 'new.md 20 null']);
    expect(shown(ALL, NOW.slice(0, 2), [file('a.md', 51), file('b.md', 90)])).toEqual(['b.md 90 0', 'a.md 50 -1']);
  });

  test('are five at most, equal ones by name', () => {
    const many = ['f', 'c', 'a', 'e', 'b', 'd'].map((name) => file(name, 7));
    expect(partsOf(ALL, many, null).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('parts of one file', () => {
  const NOW = [file('a.md', 60, [section('Tone', 40), section('Style', 20)]), file('b.md', 9)];

  test('are its sections that grew most', () => {
    const before = [file('a.md', 50, [section('Tone', 39), section('Style', 11)])];
    expect(shown(ONE, NOW, before)).toEqual(['a.md#Rules › Style 20 9', 'a.md#Rules › Tone 40 1']);
  });

  test('are its largest sections where those of the base are not known', () => {
    const largest = ['a.md#Rules › Tone 40 null', 'a.md#Rules › Style 20 null'];
    expect(shown(ONE, NOW, null)).toEqual(largest);
    expect(shown(ONE, NOW, [file('a.md', 50)])).toEqual(largest);
    expect(shown(ONE, NOW, [])).toEqual(largest);
  });

  test('are none without sections, and of a section there are none', () => {
    expect(partsOf({ path: 'b.md', section: null }, NOW, null)).toEqual([]);
    expect(partsOf({ path: 'a.md', section: { titles: ['Rules'], line: 1 } }, NOW, null)).toEqual([]);
  });
});

test('parts have grown when the first has', () => {
  expect(haveGrown([])).toBe(false);
  expect(haveGrown([{ name: 'a', tokens: 1n, delta: null }])).toBe(false);
  expect(haveGrown([{ name: 'a', tokens: 1n, delta: 0n }])).toBe(false);
  expect(haveGrown([{ name: 'a', tokens: 1n, delta: 1n }])).toBe(true);
});

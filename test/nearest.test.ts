import { describe, expect, test } from 'vitest';
import { nearest, nearestNames } from '../src/nearest.js';

describe('the nearest name', () => {
  test.each([
    ['gpt4o', ['gpt-4o', 'o1'], 'gpt-4o'], // one letter is missing
    ['litelm', ['lite', 'litellm'], 'litellm'], // so is here; lite is two away, of four
    ['wukng', ['wukong', 'qianwen'], 'wukong'],
    ['lite', ['openai', 'litellm-daily', 'litellm'], 'litellm'], // its beginning
    ['usage-api', ['anthropic-usage', 'anthropic-usage-api'], 'anthropic-usage-api'], // a part of it
  ])('to %s among %s is %s', (text, names, name) => {
    expect(nearest(text, names)).toBe(name);
  });

  test.each([
    ['nope', ['role', 'name', 'mode']],
    ['tag:', ['stage']],
    ['ai', ['openai']], // two letters are part of too many names
    ['', ['openai']],
  ])('to %s is none of %s', (text, names) => {
    expect(nearest(text, names)).toBeNull();
  });

  test('mistyped goes before one that was begun', () => {
    expect(nearestNames('team', ['teams-of-all', 'teem', 'team2'], 3)).toEqual(['teem', 'team2', 'teams-of-all']);
  });
});

import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { meteredTokens, meterName } from '../../../src/usage/bills/meter-name.js';

describe('the name of a meter', () => {
  test.each([
    ['gpt 4o Input Global 1M Tokens', '', 'gpt-4o', 'input', 'standard'],
    ['gpt 4o 0806 Outp regnl Tokens', '', 'gpt-4o-0806', 'output', 'standard'],
    ['gpt 4.1 cached Inp glbl Tokens', '', 'gpt-4.1', 'cacheRead', 'standard'],
    ['gpt-4o-rt-txt-1217 cchd Inp glbl Tokens', '', 'gpt-4o-rt-txt-1217', 'cacheRead', 'standard'],
    ['o4-mini 0416 Batch Inp Data Zone Tokens', '', 'o4-mini-0416', 'input', 'batch'],
    ['gpt 4o mini0718 BatchOutp DataZone Tokens', '', 'gpt-4o-mini0718', 'output', 'batch'],
    ['5.4 opt Dz 1M Tokens', 'Azure OpenAI GPT5', 'gpt-5.4', 'output', 'standard'],
    ['5.4 opt Dz 1M Tokens', 'Other', '5.4', 'output', 'standard'],
    ['5.6 ShortCo Cd Inp PP Gl 1M Tokens', 'Azure OpenAI GPT5', 'gpt-5.6-short-co', 'cacheRead', 'priority'],
    ['claude sonnet cache write 1h Gl Tokens', '', 'claude-sonnet', 'cacheWrite1h', 'standard'],
    ['claude sonnet cache write Gl Tokens', '', 'claude-sonnet', 'cacheWrite5m', 'standard'],
    ['text embedding 3 large DZ Tokens', '', 'text-embedding-3-large', 'input', 'standard'],
    ['gpt 4o training Tokens', '', 'gpt-4o', null, 'standard'],
    ['Input Tokens', '', 'Input Tokens', 'input', 'standard'],
    ['', '', '(no model)', null, 'standard'],
  ])('%j of %j is %s, %s, %s', (text, family, model, kind, mode) =>
    expect(meterName(text, family)).toMatchObject({ model, class: kind, mode }),
  );
});

test('audio and images are a medium unless the meter speaks of text', () => {
  expect(meterName('gpt aud 1.5 inp Gl 1M Tokens', '').medium).toBe('audio');
  expect(meterName('gpt aud 1.5 txt inp Gl 1M Tokens', '').medium).toBeNull();
  expect(meterName('gpt rt img 0828 Inp glbl Tokens', '').medium).toBe('image');
});

test('tokens go to the class of their meter; audio is a quantity as well', () => {
  expect(meteredTokens(5, { class: 'cacheRead', medium: 'audio' }, 'q')).toEqual({
    ...{ tokens: { ...NO_TOKENS, cacheRead: 5 }, quantities: {} },
  });
  expect(meteredTokens(5, { class: 'output', medium: 'audio' }, 'q')).toEqual({
    ...{ tokens: { ...NO_TOKENS, output: 5 }, quantities: { audio_output_tokens: 5_000_000n } },
  });
  expect(meteredTokens(0, { class: null, medium: null }, 'q')).toEqual({ tokens: NO_TOKENS, quantities: {} });
});

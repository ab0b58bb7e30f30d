import type { Rates } from './price.js';

/** What price files and CSV call the rates. */
export const RATE_KEYS: Readonly<Record<keyof Rates, string>> = {
  input: 'input',
  cacheRead: 'cached_input',
  cacheReadExplicit: 'cached_input_explicit',
  cacheWrite5m: 'cache_write_5m',
  cacheWrite1h: 'cache_write_1h',
  output: 'output',
  outputThinking: 'output_thinking',
  inputAudio: 'input_audio',
  outputAudio: 'output_audio',
};

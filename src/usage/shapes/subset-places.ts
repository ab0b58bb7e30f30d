/** Where the figures of the shape stand whose input includes the cached part. */

import { places } from './places.js';

/** The same figure among the details of the input, which every dialect names otherwise. */
const inputDetails = (name: string) =>
  [`prompt_tokens_details.${name}`, `input_tokens_details.${name}`, `input_token_details.${name}`] as const;
const outputDetails = (name: string) =>
  [`completion_tokens_details.${name}`, `output_tokens_details.${name}`, `output_token_details.${name}`] as const;

export const INPUT = places('prompt_tokens', 'input_tokens');
export const OUTPUT = places('completion_tokens', 'output_tokens');
export const TOTAL = places('total_tokens');
export const REASONING = places(...outputDetails('reasoning_tokens'));
export const CACHED = places(
  ...inputDetails('cached_tokens'),
  'prompt_cache_hit_tokens',
  'cached_tokens',
  'cache_read_input_tokens',
);
export const MISSED = places('prompt_cache_miss_tokens');
export const WRITTEN = places(
  ...inputDetails('cache_creation_input_tokens'),
  ...inputDetails('cache_write_tokens'),
  'cache_creation_input_tokens',
);
export const WRITTEN_5M = places(...inputDetails('cache_creation.ephemeral_5m_input_tokens'));
export const WRITTEN_1H = places(...inputDetails('cache_creation.ephemeral_1h_input_tokens'));
export const CACHE_TYPE = places(...inputDetails('cache_type'));
export const AUDIO_IN = places(...inputDetails('audio_tokens'), 'audio_tokens');
export const IMAGE_IN = places(...inputDetails('image_tokens'), 'image_tokens');
export const VIDEO_IN = places(...inputDetails('video_tokens'), 'video_tokens');
export const AUDIO_OUT = places(...outputDetails('audio_tokens'));

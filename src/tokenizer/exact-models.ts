import type { EncodingName } from './encodings.js';

/** Models whose vocabulary and pattern are public and ship with this package. */
export interface ExactModels {
  readonly encoding: EncodingName;
  /** Normal names (`model-names.ts`), whole: no prefix rule, so that a name nobody listed is never called exact. */
  readonly names: readonly string[];
  readonly source: string;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const TIKTOKEN = 'openai/tiktoken, tiktoken/model.py; model_to_encoding.json of npm tiktoken 1.0.22';

export const exactModels: readonly ExactModels[] = [
  {
    encoding: 'o200k_base',
    source: TIKTOKEN,
    names: words(`
      gpt-4o gpt-4o-mini chatgpt-4o gpt-4o-realtime gpt-4o-mini-realtime gpt-4o-audio gpt-4o-mini-audio gpt-4o-search
      gpt-4o-mini-search gpt-4.1 gpt-4.1-mini gpt-4.1-nano gpt-4.5 o1 o1-mini o1-pro o3 o3-mini o4-mini
      gpt-5 gpt-5-mini gpt-5-nano gpt-5-chat`),
  },
  {
    encoding: 'o200k_base',
    source: 'openai/tiktoken, tiktoken/model.py: o200k_base for the families gpt-4o, gpt-5, o3 and o4-mini, by prefix',
    names: words(`
      gpt-4o-transcribe gpt-4o-mini-transcribe gpt-4o-mini-tts o3-pro o3-deep-research o4-mini-deep-research codex-mini
      gpt-5-pro gpt-5-codex gpt-5-codex-mini gpt-5-search-api gpt-5.1 gpt-5.1-chat gpt-5.1-codex gpt-5.1-codex-mini
      gpt-5.1-codex-max gpt-5.2 gpt-5.2-chat gpt-5.2-pro gpt-5.2-codex gpt-5.3 gpt-5.3-chat gpt-5.3-codex gpt-5.4
      gpt-5.4-mini gpt-5.4-nano gpt-5.4-pro gpt-5.5 gpt-5.5-pro gpt-5.6-luna gpt-5.6-sol gpt-5.6-terra`),
  },
  {
    encoding: 'o200k_base',
    source: 'openai/gpt-oss: o200k_harmony, which is o200k_base and more special tokens',
    names: words('gpt-oss gpt-oss-20b gpt-oss-120b gpt-oss-safeguard-20b gpt-oss-safeguard-120b'),
  },
  {
    encoding: 'cl100k_base',
    source: TIKTOKEN,
    names: words(`
      gpt-4 gpt-4-32k gpt-4-turbo gpt-4-vision gpt-3.5-turbo gpt-3.5-turbo-16k gpt-3.5-turbo-instruct gpt-35-turbo
      gpt-35-turbo-16k gpt-35-turbo-instruct davinci-002 babbage-002
      text-embedding-ada-002 text-embedding-3-small text-embedding-3-large`),
  },
  {
    encoding: 'p50k_base',
    source: `${TIKTOKEN}; p50k_edit is p50k_base and more special tokens`,
    names: words(`
      text-davinci-002 text-davinci-003 code-davinci-001 code-davinci-002 code-cushman-001 code-cushman-002
      davinci-codex cushman-codex text-davinci-edit-001 code-davinci-edit-001`),
  },
  {
    encoding: 'r50k_base',
    source: `${TIKTOKEN}; gpt2 has the ranks of r50k_base`,
    names: words(`
      gpt2 gpt-2 davinci curie babbage ada text-davinci-001 text-curie-001 text-babbage-001 text-ada-001
      text-similarity-davinci-001 text-similarity-curie-001 text-similarity-babbage-001 text-similarity-ada-001
      text-search-davinci-doc-001 text-search-curie-doc-001 text-search-babbage-doc-001 text-search-ada-doc-001
      code-search-babbage-code-001 code-search-ada-code-001`),
  },
];

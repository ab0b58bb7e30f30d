import type { EncodingName } from './encodings.js';

/** Models whose vocabulary and pattern are public, and ship with this package or can be installed beside it. */
export interface ExactModels {
  readonly encoding: EncodingName;
  /** Normal names (`model-names.ts`), whole: no prefix rule, so that a name nobody listed is never called exact. */
  readonly names: readonly string[];
  /** `weights`: a name may go on as names of published weights do (`WEIGHTS_ENDING`). */
  readonly endings?: 'weights';
  readonly source: string;
}

/**
 * What repositories and servers add to the name and size of published weights, none of which changes the vocabulary: what they were
 * tuned for, year and month, and how they are packed.
 */
export const WEIGHTS_ENDING =
  /(?:-(?:base|chat|instruct|thinking|instruct-1m|instant|versatile))?(?:-2[3-6](?:0[1-9]|1[0-2]))?(?:-(?:fp8|fp16|bf16|awq|gptq-int4|gptq-int8|gguf|q[2-8]_(?:0|1|k|k_s|k_m|k_l)|4bit|8bit))?$/;

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
    encoding: 'o200k_harmony',
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
    source: TIKTOKEN,
    names: words(`
      text-davinci-002 text-davinci-003 code-davinci-001 code-davinci-002 code-cushman-001 code-cushman-002
      davinci-codex cushman-codex`),
  },
  {
    encoding: 'p50k_edit',
    source: `${TIKTOKEN}; p50k_base and more special tokens`,
    names: words('text-davinci-edit-001 code-davinci-edit-001'),
  },
  {
    encoding: 'r50k_base',
    source: TIKTOKEN,
    names: words(`
      davinci curie babbage ada text-davinci-001 text-curie-001 text-babbage-001 text-ada-001
      text-similarity-davinci-001 text-similarity-curie-001 text-similarity-babbage-001 text-similarity-ada-001
      text-search-davinci-doc-001 text-search-curie-doc-001 text-search-babbage-doc-001 text-search-ada-doc-001
      code-search-babbage-code-001 code-search-ada-code-001`),
  },
  { encoding: 'gpt2', source: `${TIKTOKEN}; gpt2 has the ranks of r50k_base`, names: words('gpt2 gpt-2') },
  {
    encoding: 'qwen2.5',
    source: 'tokenizer.json of Qwen/Qwen2.5; Qwen 2, QwQ and QVQ have the same vocabulary',
    endings: 'weights',
    names: words(`
      ${sized('qwen2', '0.5b 1.5b 7b 57b-a14b 72b')} ${sized('qwen2-vl', '2b 7b 72b')} ${sized('qwen2-math', '1.5b 7b 72b')}
      ${sized('qwen2.5', '0.5b 1.5b 3b 7b 14b 32b 72b')} ${sized('qwen2.5-coder', '0.5b 1.5b 3b 7b 14b 32b')}
      ${sized('qwen2.5-math', '1.5b 7b 72b')} ${sized('qwen2.5-vl', '3b 7b 32b 72b')} ${sized('qwen2.5-omni', '3b 7b')}
      ${sized('qwq', '32b')} ${sized('qvq', '72b')}`),
  },
  {
    encoding: 'qwen3',
    source: 'tokenizer.json of Qwen/Qwen3',
    endings: 'weights',
    names: words(`
      ${sized('qwen3', '0.6b 1.7b 4b 8b 14b 32b 30b-a3b 235b-a22b')} ${sized('qwen3-next', '80b-a3b')}
      ${sized('qwen3-coder', '30b-a3b 480b-a35b')} ${sized('qwen3-vl', '2b 4b 8b 32b 30b-a3b 235b-a22b')}
      ${sized('qwen3-omni', '30b-a3b')} ${sized('qwen3-embedding', '0.6b 4b 8b')} ${sized('qwen3-reranker', '0.6b 4b 8b')}`),
  },
  {
    encoding: 'qwen3',
    source: 'Qwen 3 by name; tokenizer.json of Qwen/Qwen3',
    names: words('qwen3-max qwen3-coder-plus qwen3-coder-flash qwen3-vl-plus qwen3-vl-flash qwen3-omni-flash'),
  },
  {
    encoding: 'llama3',
    source: 'tokenizer.json of meta-llama/Llama-3.1; Llama 3, 3.2 and 3.3 have the same vocabulary',
    endings: 'weights',
    names: ['llama-', 'llama', 'meta-llama-'].flatMap((maker) =>
      words(`
        ${sized(`${maker}3`, '8b 70b')} ${sized(`${maker}3.1`, '8b 70b 405b')} ${sized(`${maker}3.3`, '70b')}
        ${sized(`${maker}3.2`, '1b 3b 11b 11b-vision 90b 90b-vision')}`),
    ),
  },
  {
    encoding: 'deepseek-v3',
    source: 'tokenizer.json of deepseek-ai/DeepSeek-V3; R1, V3.1 and V3.2 have the same vocabulary',
    endings: 'weights',
    names: words(
      'deepseek-v3 deepseek-v3.1 deepseek-v3.1-terminus deepseek-v3.2 deepseek-v3.2-exp deepseek-r1 deepseek-r1-zero',
    ),
  },
  {
    encoding: 'mistral-nemo',
    source: 'tokenizer.json of mistralai/Mistral-Nemo',
    endings: 'weights',
    names: words('mistral-nemo mistral-nemo-12b open-mistral-nemo'),
  },
  {
    encoding: 'claude-legacy',
    source: 'npm @anthropic-ai/tokenizer 0.0.4, whose README calls it accurate before Claude 3',
    names: words(
      'claude-instant claude-instant-1 claude-instant-1.1 claude-instant-1.2 claude-v1 claude-v2 claude-1 claude-1.3 claude-2 claude-2.0 claude-2.1',
    ),
  },
];

/** A family's name, alone and with each of its sizes. */
function sized(family: string, sizes: string): string {
  return [family, ...words(sizes).map((size) => `${family}-${size}`)].join(' ');
}

/**
 * Context windows and largest outputs by model, as the model's maker serves it, as of 2026-11. Facts of the makers' model
 * pages, retyped from them or from lists that carry them (models.dev, MIT); where two lists disagree, the one that cites
 * the maker's page. Rows of current models were checked against such a list; those of retired ones were not checked again.
 */

export interface ContextWindows {
  /** Tokens of input and output together. */
  readonly tokens: number;
  /** Largest output in tokens; `null`: no limit of its own is stated. */
  readonly maxOutput: number | null;
  /** Names without route (`model-names.ts`), lower case; a dot and a hyphen are the same. */
  readonly names: readonly string[];
  /** `alike`: a dated snapshot of a name has the same window; `listed`: only the snapshots named here. */
  readonly snapshots: 'alike' | 'listed';
  /** Where the window depends on it; `null`: everywhere. */
  readonly region: 'cn' | 'intl' | null;
  /** Where the figures stand, and when they were read or published. */
  readonly source: string;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Windows of one source: `[tokens, largest output, names]`. */
type Row = readonly [tokens: number, maxOutput: number | null, names: string];

const from = (
  source: string,
  rows: readonly Row[],
  facts: Partial<Pick<ContextWindows, 'snapshots' | 'region'>> = {},
): ContextWindows[] =>
  rows.map(([tokens, maxOutput, names]) => ({
    ...{ snapshots: 'alike' as const, region: null, ...facts },
    ...{ tokens, maxOutput, names: words(names), source },
  }));

const OPENAI = 'OpenAI model pages, as of 2026-11';
const ANTHROPIC = 'Anthropic model pages, as of 2026-11, without beta headers';
const GOOGLE = 'Gemini API model pages, input token limit, as of 2026-11';
const ALIBABA = 'Model Studio model list, as carried by models.dev, 2026-07-02';
const DEEPSEEK = 'DeepSeek API release notes of V4 and models.dev, 2026-08';
const META = 'model cards of Meta Llama, as published with the weights';
const MISTRAL = 'docs.mistral.ai/models, as carried by models.dev and genai-prices, 2026-08';

const openai = [
  ...from(OPENAI, [
    [128_000, 16_384, 'gpt-4o gpt-4o-mini chatgpt-4o gpt-4o-audio gpt-4o-mini-audio gpt-4o-search gpt-4o-mini-search'],
    [128_000, 16_384, 'gpt-4.5 gpt-5-chat gpt-5.1-chat gpt-5.2-chat gpt-5.3-chat'],
    [128_000, 4096, 'gpt-4o-2024-05-13 gpt-4-turbo gpt-4-vision'],
    [1_047_576, 32_768, 'gpt-4.1 gpt-4.1-mini gpt-4.1-nano'],
    [128_000, 32_768, 'o1-preview o1-preview-2024-09-12'],
    [128_000, 65_536, 'o1-mini'],
    [200_000, 100_000, 'o1 o1-pro o3 o3-mini o3-pro o3-deep-research o4-mini o4-mini-deep-research codex-mini'],
    [400_000, 128_000, 'gpt-5 gpt-5-mini gpt-5-nano gpt-5-codex gpt-5-codex-mini gpt-5.1 gpt-5.1-codex'],
    [400_000, 128_000, 'gpt-5.1-codex-mini gpt-5.1-codex-max gpt-5.2 gpt-5.2-pro gpt-5.2-codex gpt-5.3-codex'],
    [400_000, 128_000, 'gpt-5.4-mini gpt-5.4-nano'],
    [400_000, 272_000, 'gpt-5-pro'],
    [1_050_000, 128_000, 'gpt-5.4 gpt-5.4-pro gpt-5.5 gpt-5.5-pro gpt-5.6-luna gpt-5.6-sol gpt-5.6-terra'],
    [131_072, 131_072, 'gpt-oss-20b gpt-oss-120b'],
    [8192, 0, 'text-embedding-3-small text-embedding-3-large text-embedding-ada-002'],
  ]),
  ...from(
    OPENAI,
    [
      [8192, 8192, 'gpt-4 gpt-4-0314 gpt-4-0613'],
      [128_000, 4096, 'gpt-4-1106-preview gpt-4-0125-preview gpt-4-turbo-preview gpt-4-1106-vision-preview'],
      [32_768, 32_768, 'gpt-4-32k gpt-4-32k-0314 gpt-4-32k-0613'],
      [16_385, 4096, 'gpt-3.5-turbo gpt-3.5-turbo-0125 gpt-3.5-turbo-1106 gpt-3.5-turbo-16k gpt-3.5-turbo-16k-0613'],
      [4096, 4096, 'gpt-3.5-turbo-0301 gpt-3.5-turbo-0613 gpt-3.5-turbo-instruct gpt-3.5-turbo-instruct-0914'],
    ],
    { snapshots: 'listed' },
  ),
];

const anthropic = from(ANTHROPIC, [
  [1_000_000, 128_000, 'claude-fable-5 claude-fable-5.1 claude-opus-5 claude-opus-5.5 claude-sonnet-5'],
  [1_000_000, 128_000, 'claude-opus-4.6 claude-opus-4.7 claude-opus-4.8 claude-sonnet-4.6'],
  [200_000, 64_000, 'claude-opus-4.5 claude-sonnet-4.5 claude-haiku-4.5 claude-sonnet-4 claude-sonnet-4.0'],
  [200_000, 64_000, 'claude-3.7-sonnet'],
  [200_000, 32_000, 'claude-opus-4 claude-opus-4.0 claude-opus-4.1'],
  [200_000, 8192, 'claude-3.5-sonnet claude-3.5-haiku'],
  [200_000, 4096, 'claude-3-opus claude-3-sonnet claude-3-haiku'],
]);

const google = from(GOOGLE, [
  [1_048_576, 65_536, 'gemini-2.5-pro gemini-2.5-flash gemini-2.5-flash-lite gemini-3-pro gemini-3-flash'],
  [1_048_576, 65_536, 'gemini-3.1-pro gemini-3.1-flash-lite gemini-3.5-flash gemini-3.8-flash'],
  [1_048_576, 8192, 'gemini-2.0-flash gemini-2.0-flash-lite gemini-1.5-flash gemini-1.5-flash-8b'],
  [2_097_152, 8192, 'gemini-1.5-pro'],
]);

const alibaba = [
  ...from(ALIBABA, [
    [262_144, 65_536, 'qwen3-max qwen3-coder-480b-a35b-instruct qwen3-coder-30b-a3b-instruct qwen3.5-397b-a17b'],
    [262_144, 32_768, 'qwen3-vl-plus'],
    [1_000_000, 65_536, 'qwen3-coder-plus qwen3-coder-flash qwen3.5-plus qwen3.5-flash qwen3.6-plus qwen3.6-flash'],
    [1_000_000, 65_536, 'qwen3.7-max qwen3.7-plus'],
    [1_000_000, 32_768, 'qwen-flash'],
    [131_072, 32_768, 'qwen3-next-80b-a3b-instruct qwen3-next-80b-a3b-thinking'],
    [131_072, 16_384, 'qwen3-235b-a22b qwen3-32b'],
    [131_072, 8192, 'qwen3-14b qwen3-8b qwq-plus qvq-max qwen2.5-72b-instruct qwen2.5-32b-instruct'],
    [131_072, 8192, 'qwen2.5-14b-instruct qwen2.5-7b-instruct qwen2.5-coder-32b-instruct'],
  ]),
  ...from(
    ALIBABA,
    [
      [262_144, 65_536, 'qwen3.6-max-preview'],
      [1_000_000, 32_768, 'qwen-plus qwen-plus-2025-07-28 qwen-plus-2025-09-11'],
      [131_072, 16_384, 'qwen-plus-2025-04-28 qwen-plus-2025-07-14'],
      [131_072, 8192, 'qwen-plus-2025-01-25'],
      [1_000_000, 16_384, 'qwen-turbo qwen-turbo-2025-04-28 qwen-turbo-2025-07-15'],
    ],
    { snapshots: 'listed' },
  ),
  ...from(ALIBABA, [[32_768, 8192, 'qwen-max qwen-max-2025-01-25']], { snapshots: 'listed', region: 'intl' }),
  ...from(
    ALIBABA,
    [
      [131_072, 8192, 'qwen-max qwen-max-2025-01-25'],
      [10_000_000, 8192, 'qwen-long qwen-long-2025-01-25'],
    ],
    { snapshots: 'listed', region: 'cn' },
  ),
];

const deepseek = [
  ...from(DEEPSEEK, [
    [1_000_000, 384_000, 'deepseek-v4-pro deepseek-v4-flash'],
    [1_000_000, null, 'deepseek-chat deepseek-reasoner'],
  ]),
  ...from(ALIBABA, [
    [65_536, 8192, 'deepseek-v3'],
    [131_072, 65_536, 'deepseek-v3.1 deepseek-v3.2 deepseek-v3.2-exp'],
    [131_072, 16_384, 'deepseek-r1'],
  ]),
];

const openWeights = from(META, [
  [8192, null, 'llama-3-8b llama-3-8b-instruct llama-3-70b llama-3-70b-instruct'],
  [131_072, null, 'llama-3.1-8b llama-3.1-8b-instruct llama-3.1-70b llama-3.1-70b-instruct llama-3.1-405b-instruct'],
  [131_072, null, 'llama-3.2-1b-instruct llama-3.2-3b-instruct llama-3.3-70b llama-3.3-70b-instruct'],
  [10_000_000, null, 'llama-4-scout llama-4-scout-17b-16e-instruct'],
  [1_000_000, null, 'llama-4-maverick llama-4-maverick-17b-128e-instruct'],
]);

const mistral = from(
  MISTRAL,
  [
    [262_144, null, 'mistral-large-2512 mistral-medium-3-5 mistral-small-2603 devstral-2512'],
    [128_000, null, 'mistral-large-2411 mistral-medium-2505 mistral-medium-2508 mistral-small-2506'],
    [128_000, null, 'codestral-2508 mistral-nemo'],
  ],
  { snapshots: 'listed' },
);

export const contextWindows: readonly ContextWindows[] = [
  ...openai,
  ...anthropic,
  ...google,
  ...alibaba,
  ...deepseek,
  ...openWeights,
  ...mistral,
];

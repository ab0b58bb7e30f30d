/** Canonical names of providers: whom the tokens were bought from, as far as a record tells. */

/**
 * What a provider is called elsewhere, by canonical name. `alibaba-cn` and `alibaba-intl` say which of Alibaba's two
 * price lists applies and are kept apart. Platforms that resell models (`azure`, `aws`, `openrouter`) are providers.
 */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  alibaba: [
    ...['alibaba-cloud', 'alibabacloud', 'aliyun', 'bailian', 'dashscope', 'maas', 'model-studio', 'modelstudio'],
    ...['qwen', 'tongyi', '阿里云', '百炼'],
  ],
  'alibaba-cn': ['aliyun-cn', 'dashscope-cn', 'bailian-cn'],
  'alibaba-intl': ['dashscope-intl', 'model-studio-intl', 'bailian-intl'],
  anthropic: ['claude'],
  aws: ['amazon', 'amazon-bedrock', 'amazon-web-services', 'aws-bedrock', 'aws.bedrock', 'bedrock', 'bedrock-converse'],
  azure: [
    ...['azure-ai', 'azure-ai-foundry', 'azure-openai', 'microsoft'],
    ...['azure.ai.inference', 'azure.ai.openai', 'az.ai.inference', 'az.ai.openai'],
  ],
  baidu: ['ernie', 'qianfan'],
  bytedance: ['doubao', 'volcengine', 'ark'],
  cerebras: [],
  cohere: ['cohere-chat'],
  deepseek: ['deepseek-ai'],
  fireworks: ['fireworks-ai'],
  google: [
    ...['gemini', 'google-ai', 'google-ai-studio', 'google-vertex', 'vertex', 'vertex-ai', 'vertexai', 'gcp'],
    ...['gcp.gemini', 'gcp.gen-ai', 'gcp.vertex-ai', 'google-cloud'],
  ],
  groq: [],
  meta: ['meta-llama', 'llama'],
  minimax: [],
  mistral: ['mistralai', 'mistral-ai'],
  moonshot: ['kimi', 'moonshotai', 'moonshot-ai'],
  ollama: [],
  openai: [],
  openrouter: [],
  perplexity: ['perplexity-ai'],
  tencent: ['hunyuan'],
  together: ['together-ai', 'togetherai'],
  xai: ['grok', 'x-ai'],
  zhipu: ['bigmodel', 'z-ai', 'zai', 'zai-org', 'zhipuai'],
};

/** Families of model names and who makes them; matched against the name without its provider prefix, lower case. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(us|eu|apac|global|jp|au|ca)\.[a-z]+\.|^(anthropic|amazon|meta|mistral|cohere|ai21)\./, 'aws'],
  [/^(qwen|qwq|qvq|wanx?\d|wanx|tongyi-|cosyvoice|paraformer|sambert|fun-asr|gte-rerank|z-image)/, 'alibaba'],
  [/^(text-embedding-v\d|multimodal-embedding-v\d)/, 'alibaba'],
  [
    /^(gpt-(?!oss|j|neo)|chatgpt-|o[134](-|$)|ft:gpt-|text-embedding-(3-|ada-)|text-davinci-|davinci|babbage)/,
    'openai',
  ],
  [/^(dall-e|whisper-1|tts-1|codex-|sora-|omni-moderation|computer-use-preview)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^(gemini-|gemma-|imagen-|veo-|learnlm-|gemini-embedding|text-embedding-00)/, 'google'],
  [/^deepseek-/, 'deepseek'],
  [/^((open-)?mi[sx]tral|codestral|ministral|magistral|devstral|pixtral|voxtral)/, 'mistral'],
  [/^(meta-)?llama-?\d/, 'meta'],
  [/^grok-/, 'xai'],
  [/^(kimi-|moonshot-)/, 'moonshot'],
  [/^(glm-|chatglm|cogview|cogvideo)/, 'zhipu'],
  [/^(minimax-|abab\d)/, 'minimax'],
  [/^(command-|c4ai-|embed-(english|multilingual)|rerank-(english|multilingual|v\d))/, 'cohere'],
  [/^(doubao-|seed-)/, 'bytedance'],
  [/^ernie-/, 'baidu'],
  [/^hunyuan-/, 'tencent'],
  [/^sonar/, 'perplexity'],
];

const CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.entries(ALIASES).flatMap(([name, aliases]) => [name, ...aliases].map((alias) => [alias, name] as const)),
);

/**
 * The canonical provider of a call. What the record states wins; then a provider prefix of the model's name
 * (`azure/gpt-4o`); then the model's family; else `unknown`. A stated name nobody listed is kept, in lower case.
 *
 * @param model   as the record names it
 * @param stated  the record's provider, or `null`
 * @example providerOf('qwen3-max', 'DashScope') // 'alibaba'
 */
export function providerOf(model: string, stated: string | null): string {
  const name = stated === null ? '' : plainName(stated);
  if (name !== '') return CANONICAL.get(name) ?? name;
  const slash = model.indexOf('/');
  const prefix = slash < 0 ? undefined : CANONICAL.get(plainName(model.slice(0, slash)));
  return prefix ?? familyOf(model);
}

/** The canonical name of a provider that is listed here; `null` for any other. */
export const knownProvider = (stated: string): string | null => CANONICAL.get(plainName(stated)) ?? null;

/**
 * Alibaba's price list by the region a record states: Chinese regions have prices of their own. Other providers, and
 * records without a region, keep their name.
 */
export function regionalProvider(provider: string, region: string | null): string {
  if (provider !== 'alibaba' || region === null) return provider;
  return /^(cn|china|mainland)(-|$)/i.test(region) && !/^cn-hongkong/i.test(region) ? 'alibaba-cn' : 'alibaba-intl';
}

/**
 * The account of calls whose record names none: the provider, whatever the price list. A region says what a call costs,
 * not whose tokens it used, and the meter of an account often does not say it.
 */
export const accountOfProvider = (provider: string): string =>
  provider === 'alibaba-cn' || provider === 'alibaba-intl' ? 'alibaba' : provider;

function familyOf(model: string): string {
  if (model.startsWith('arn:aws:bedrock:')) return 'aws';
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown';
}

/** Lower case, with single hyphens between words: `Vertex_AI` and `vertex ai` are `vertex-ai`. */
const plainName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');

/** The one normal form of a model's name, so that the tables list each model once. Nothing fuzzy. */

/** Who routes or makes a model: stripped from the front of a name, as in `openrouter/openai/gpt-4o`. */
const ROUTES = new Set(
  (
    'openai azure azure_ai azureai openrouter litellm anthropic claude google gemini vertex_ai vertex models bedrock amazon-bedrock ' +
    'qwen alibaba dashscope bailian deepseek deepseek-ai meta meta-llama mistral mistralai z-ai zai zai-org thudm zhipu moonshot ' +
    'moonshotai groq together together_ai fireworks fireworks_ai ollama'
  ).split(' '),
);

/** `us.anthropic.claude-…`, `openai.gpt-oss-…` of Bedrock: region, then maker. */
const BEDROCK = /^(?:[a-z]{2,8}\.)?(?:anthropic|openai|meta|mistral|qwen|deepseek)\.(?=[a-z])/;

/** Words after a colon that choose a route or a mode, not a model. */
const ROUTE_WORDS = /:(?:free|beta|extended|thinking|nitro|floor|online|batch|latest)$/;

/** `-v1:0` and `-1:0` of Bedrock. */
const BEDROCK_REVISION = /-v?\d:\d$/;

/**
 * Snapshot at the end: a date (-2024-08-06, -20250514, @20250514, or month and day: -0613), with `-latest` or `-preview`
 * before or behind it.
 */
const SNAPSHOT =
  /(?:-latest|-preview)?(?:[-@]20\d{2}(?<dash>-?)(?:0[1-9]|1[0-2])\k<dash>(?:0[1-9]|[12]\d|3[01])|-(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?(?:-latest|-preview)?$/;

/**
 * Normal form of a model's name:
 *
 * 1. blanks around it cut, lower case;
 * 2. of a fine-tune, the model it was tuned from: `ft:<model>:…`, `<model>.ft-…`, `<model>:ft-…`;
 * 3. routes and makers in front of it cut: `azure/`, `openrouter/openai/`, `us.anthropic.`;
 * 4. route words and Bedrock revisions behind it cut: `:free`, `-v1:0`; any other colon is Ollama's and becomes a hyphen;
 * 5. one snapshot at its end cut: a date, `-latest`, `-preview`.
 *
 * @example normalName('ft:gpt-4o-mini-2024-07-18:org::id') // 'gpt-4o-mini'
 * @example normalName('gpt-4-1106-preview') // 'gpt-4'
 */
export const normalName = (model: string): string => snapshotName(model).replace(SNAPSHOT, '');

/** Steps 1 to 4 of the normal form: the name with its snapshot, for facts that differ from one snapshot to another. */
export function snapshotName(model: string): string {
  let name = tunedFrom(model.trim().toLowerCase());
  for (let slash = name.indexOf('/'); slash > 0 && ROUTES.has(name.slice(0, slash)); slash = name.indexOf('/'))
    name = name.slice(slash + 1);
  return name.replace(BEDROCK, '').replace(ROUTE_WORDS, '').replace(BEDROCK_REVISION, '').replace(':', '-');
}

function tunedFrom(name: string): string {
  if (name.startsWith('ft:')) return name.split(':')[1]!;
  const tuned = name.search(/[.:]ft-/);
  return tuned > 0 ? name.slice(0, tuned) : name;
}

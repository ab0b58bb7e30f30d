/**
 * The chat format of OpenAI, by the rules of its cookbook: 3 tokens a message and its role, 1 more for a name, 3 to begin the reply;
 * tools by the parts of their schema.
 *
 * Source: openai/openai-cookbook, How to count tokens with tiktoken, sections 6 and 7, 2024, verified there against the API for gpt-3.5-turbo,
 * gpt-4, gpt-4o and gpt-4o-mini.
 */

import { isRecord, type JsonRecord } from '../json-record.js';
import { normalName } from '../model-names.js';
import {
  argumentsText,
  type ChatCount,
  type ChatCounter,
  type ChatFormat,
  type ChatRow,
  imagesOf,
  NO_TOKENS,
} from './chat-format.js';
import type { ChatMessage, ChatRequest, ChatTool } from './request.js';

interface Overhead {
  readonly message: number;
  readonly name: number;
  readonly tool: number;
}

const REPLY = 3;
const TOOLS_END = 12;
const PROPERTIES = 3;
const PROPERTY = 3;
const ENUM = -3;
const ENUM_ITEM = 3;

/** The first snapshot of gpt-3.5-turbo wrote a name in the place of the role. */
const overheadFor = ({ model, encoding }: ChatCounter): Overhead => ({
  ...(/gpt-3\.5-turbo-0301$/.test(model ?? '') ? { message: 4, name: -1 } : { message: 3, name: 1 }),
  tool: encoding === 'cl100k_base' ? 10 : 7,
});

export const openaiChat: ChatFormat = {
  name: 'openai chat',
  count: (request, counter) => ({
    rows: [
      ...request.messages.map((message, i) => messageRow(message, i, counter)),
      ...toolsRow(request, counter),
      ...schemaRow(request.answerSchema, counter),
      ...(request.shape === 'tools' ? [] : [{ ...NO_TOKENS, part: 'reply', overhead: REPLY } as const]),
    ],
    doubts: doubtsOf(request, counter),
  }),
};

function messageRow(message: ChatMessage, i: number, counter: ChatCounter): ChatRow {
  const { count } = counter;
  const overhead = overheadFor(counter);
  const texts = message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const called = message.calls.flatMap((call) => [call.name, argumentsText(call.arguments)]);
  return {
    part: 'message',
    index: i + 1,
    role: message.role,
    text: [...texts, ...called].reduce((sum, text) => sum + count(text), 0),
    overhead:
      overhead.message + count(message.role) + (message.name === null ? 0 : overhead.name + count(message.name)),
    ...imagesOf(message.parts, counter),
  };
}

function toolsRow({ tools }: ChatRequest, counter: ChatCounter): ChatRow[] {
  if (tools.length === 0) return [];
  const counted = tools.map((tool) => toolTokens(tool, counter));
  const sum = (pick: (each: ToolTokens) => number) => counted.reduce((total, each) => total + pick(each), 0);
  return [
    {
      ...NO_TOKENS,
      part: 'tools',
      text: sum(({ text }) => text),
      overhead: sum(({ overhead }) => overhead) + TOOLS_END,
    },
  ];
}

interface ToolTokens {
  readonly text: number;
  readonly overhead: number;
}

function toolTokens({ name, description, parameters }: ChatTool, counter: ChatCounter): ToolTokens {
  const properties = Object.entries(propertiesOf(parameters)).map(([key, schema]) =>
    propertyTokens(key, schema, counter),
  );
  return {
    text: properties.reduce((sum, each) => sum + each.text, counter.count(`${name}:${undotted(description)}`)),
    overhead: properties.reduce(
      (sum, each) => sum + each.overhead,
      overheadFor(counter).tool + (properties.length > 0 ? PROPERTIES : 0),
    ),
  };
}

function propertyTokens(key: string, schema: JsonRecord, { count }: ChatCounter): ToolTokens {
  const type = typeof schema.type === 'string' ? schema.type : '';
  const description = typeof schema.description === 'string' ? schema.description : '';
  const items = Array.isArray(schema.enum) ? schema.enum.map((item) => count(argumentsText(item))) : null;
  const inner = innerSchema(schema);
  return {
    text:
      count(`${key}:${type}:${undotted(description)}`) +
      (items ?? []).reduce((sum, tokens) => sum + tokens, 0) +
      (inner === null ? 0 : count(JSON.stringify(inner))),
    overhead: PROPERTY + (items === null ? 0 : ENUM + ENUM_ITEM * items.length),
  };
}

const undotted = (description: string): string => (description.endsWith('.') ? description.slice(0, -1) : description);

function propertiesOf(schema: unknown): Readonly<Record<string, JsonRecord>> {
  const properties = isRecord(schema) ? schema.properties : undefined;
  if (!isRecord(properties)) return {};
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, isRecord(value) ? value : {}]));
}

/** What of a property's schema the cookbook's rule does not look at; `null`: nothing. */
function innerSchema(schema: JsonRecord): JsonRecord | null {
  const { type: _type, description: _description, enum: _enum, ...inner } = schema;
  return Object.keys(inner).length > 0 ? inner : null;
}

const schemaRow = (schema: unknown, { count }: ChatCounter): ChatRow[] =>
  schema === null ? [] : [{ ...NO_TOKENS, part: 'answer schema', text: count(JSON.stringify(schema)) }];

/**
 * Models whose bills show the rule: those of the cookbook, and gpt-4-turbo, gpt-4.1 and gpt-4.5 (OpenAI forum, topic 1262691, 2025: 5 words
 * cost 12 tokens, 5 + 3 + 1 + 3; o3 billed 11).
 */
const CHECKED = /^(?:gpt-35-turbo|gpt-3\.5-turbo|gpt-4|gpt-4-turbo|gpt-4o|gpt-4o-mini|gpt-4\.1|gpt-4\.5)$/;

function doubtsOf({ shape, messages, tools, answerSchema }: ChatRequest, { model }: ChatCounter): ChatCount['doubts'] {
  const doubts: string[] = [];
  if (model === null) doubts.push('no model is named: the format of gpt-4o was assumed');
  else if (!CHECKED.test(normalName(model)))
    doubts.push('the format of gpt-4o was assumed (o3 and gpt-5 were seen to differ by about 1 token)');
  if (shape === 'responses') doubts.push('the rule was published for chat completions, not for the Responses API');
  if (messages.some(({ parts }) => parts.filter(({ kind }) => kind === 'text').length > 1))
    doubts.push('how several texts of a message are joined is not published');
  if (messages.some(({ calls, role }) => calls.length > 0 || role === 'tool' || role === 'function'))
    doubts.push('no rule is published for tool calls and results: their text was counted');
  if (
    tools.some(({ parameters }) => Object.values(propertiesOf(parameters)).some((each) => innerSchema(each) !== null))
  )
    doubts.push('no rule is published for nested schemas: their JSON was counted');
  if (tools.some(({ json }) => isRecord(json) && typeof json.type === 'string' && json.type !== 'function'))
    doubts.push('no rule is published for tools that are no functions: their name was counted');
  if (answerSchema !== null) doubts.push('no rule is published for response_format: its JSON was counted');
  return doubts;
}

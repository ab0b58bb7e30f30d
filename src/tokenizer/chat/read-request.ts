/** From the body of a request, of whichever API, to what is counted. */

import type { ImageOptions } from '../images/image-formula.js';
import { isRecord, type JsonRecord } from '../json-record.js';
import { badShape, listOr, objectAt, textAt, textOr } from './json-fields.js';
import { readGemini } from './read-gemini.js';
import { readItem, readMessage } from './read-message.js';
import { isTool, readTool, toolListIn } from './read-tools.js';
import type { ChatMessage, ChatRequest, ChatTool, Part, RequestShape } from './request.js';

/**
 * Reads an array of messages, the body of a request (OpenAI Chat and Responses, Anthropic, DashScope, Gemini), or a line of a batch file
 * that wraps one (`body`, `params`, `request`); and tools alone: an array of them, an object of `tools`, the answer of an MCP server
 * to `tools/list`. Which it is shows in its keys.
 *
 * @throws BAD_RECORD with the field; never with a value
 */
export function readRequest(value: unknown): ChatRequest {
  if (isListOf(value, isTool)) return toolsAlone({}, value);
  if (Array.isArray(value)) return request('messages', {}, messageList(value));
  const body = unwrapped(objectAt(value, 'request'));
  const tools = isOfMessages(body) ? null : toolListIn(body);
  if (tools !== null) return toolsAlone(body, tools);
  const shape = shapeOf(body);
  return READERS[shape](body);
}

const messageList = (values: readonly unknown[]): Pick<ChatRequest, 'messages'> =>
  values.some((value) => isRecord(value) && 'parts' in value)
    ? readGemini({ contents: values })
    : { messages: values.map((value, i) => readItem(value, `[${i}]`)) };

const isListOf = (value: unknown, is: (each: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every(is);

const toolsAlone = (body: JsonRecord, tools: readonly unknown[]): ChatRequest =>
  request('tools', body, { messages: [], tools: tools.map((tool, i) => readTool(tool, `tools[${i}]`)) });

/** Whether a value could be a request, told by its keys alone. */
export const looksLikeRequest = (value: unknown): boolean =>
  isRecord(value) &&
  (['messages', 'input', 'contents', 'body', 'params', 'request'].some((key) => key in value) ||
    (toolListIn(value) !== null && !isTool(value)));

const isOfMessages = (body: JsonRecord): boolean => 'messages' in body || 'input' in body || 'contents' in body;

function unwrapped(value: JsonRecord): JsonRecord {
  const inner = value.body ?? value.params ?? value.request;
  return isOfMessages(value) || !isRecord(inner) ? value : inner;
}

type BodyShape = Exclude<RequestShape, 'messages' | 'tools'>;

function shapeOf(body: JsonRecord): BodyShape {
  if ('contents' in body) return 'gemini';
  if (isRecord(body.input)) return 'dashscope';
  if ('input' in body) return 'responses';
  if (!('messages' in body)) throw badShape('messages', 'is missing, and so are input and contents');
  return 'system' in body || hasAnthropicTools(body) ? 'anthropic' : 'openai';
}

const hasAnthropicTools = ({ tools }: JsonRecord): boolean =>
  Array.isArray(tools) && tools.some((tool) => isRecord(tool) && 'input_schema' in tool);

const READERS: Readonly<Record<BodyShape, (body: JsonRecord) => ChatRequest>> = {
  openai: (body) => request('openai', body, { messages: messagesOf(body.messages, 'messages'), tools: toolsOf(body) }),
  anthropic: (body) =>
    request('anthropic', body, {
      messages: [...systemOf(body.system, 'system'), ...messagesOf(body.messages, 'messages')],
      tools: toolsOf(body),
    }),
  responses: (body) =>
    request('responses', body, {
      messages: [...systemOf(body.instructions, 'instructions'), ...itemsOf(body.input)],
      tools: toolsOf(body),
    }),
  dashscope: (body) => {
    const input = objectAt(body.input, 'input');
    const parameters = objectAt(body.parameters ?? {}, 'parameters');
    const messages = [...messagesOf(input.messages ?? [], 'input.messages'), ...promptOf(input)];
    return request('dashscope', { ...parameters, model: body.model }, { messages, tools: toolsOf(parameters) });
  },
  gemini: (body) => request('gemini', body, readGemini(body)),
};

const messagesOf = (value: unknown, field: string): ChatMessage[] =>
  listOr(value, field).map((each, i) => readMessage(each, `${field}[${i}]`));

const promptOf = ({ prompt }: JsonRecord): ChatMessage[] =>
  prompt === undefined ? [] : [said('user', textAt(prompt, 'input.prompt'))];

const systemOf = (value: unknown, field: string): ChatMessage[] =>
  value === undefined || value === null ? [] : [readMessage({ role: 'system', content: value }, field)];

const itemsOf = (input: unknown): ChatMessage[] =>
  typeof input === 'string'
    ? [said('user', input)]
    : listOr(input, 'input').map((item, i) => readItem(item, `input[${i}]`));

const said = (role: string, text: string): ChatMessage => ({
  role,
  name: null,
  parts: [{ kind: 'text', text }],
  reasoning: null,
  calls: [],
});

/** OpenAI Chat wraps a function, Responses and Anthropic do not; `functions` is the older name of `tools`. */
const toolsOf = (body: JsonRecord): ChatTool[] => [
  ...listOr(body.tools, 'tools').map((tool, i) => readTool(tool, `tools[${i}]`)),
  ...listOr(body.functions, 'functions').map((tool, i) => readTool(tool, `functions[${i}]`)),
];

function request(
  shape: RequestShape,
  body: JsonRecord,
  { messages, tools = [] }: { messages: readonly ChatMessage[]; tools?: readonly ChatTool[] },
): ChatRequest {
  const highResolution = flagIn(body, 'vl_high_resolution_images') ?? undefined;
  return {
    shape,
    model: textOr(body.model, 'model', null),
    messages:
      highResolution === undefined ? messages : messages.map((message) => withOptions(message, { highResolution })),
    tools,
    toolChoice: toolChoiceOf(body.tool_choice),
    answerSchema: answerSchemaOf(body),
    thinking: flagIn(body, 'enable_thinking'),
  };
}

/** Of the body itself, or of where clients put what the API knows and their library does not. */
function flagIn(body: JsonRecord, name: string): boolean | null {
  for (const place of [body, body.extra_body, body.chat_template_kwargs]) {
    if (isRecord(place) && typeof place[name] === 'boolean') return place[name];
  }
  return null;
}

const withOptions = (message: ChatMessage, options: ImageOptions): ChatMessage => ({
  ...message,
  parts: message.parts.map(
    (part): Part => (part.kind === 'image' ? { ...part, options: { ...options, ...part.options } } : part),
  ),
});

function toolChoiceOf(choice: unknown): ChatRequest['toolChoice'] {
  const type = isRecord(choice) ? choice.type : choice;
  return type === 'none' ? 'none' : type === undefined || type === null || type === 'auto' ? 'auto' : 'forced';
}

function answerSchemaOf(body: JsonRecord): unknown {
  const text = isRecord(body.text) ? body.text.format : undefined;
  const format = body.response_format ?? text;
  if (!isRecord(format)) return null;
  return isRecord(format.json_schema) ? (format.json_schema.schema ?? null) : (format.schema ?? null);
}

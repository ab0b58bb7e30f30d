import { isRecord, type JsonRecord } from '../json-record.js';
import { badShape, listOr, objectAt, textAt, textOr } from './json-fields.js';
import { anthropicImage, imagePart, imageSource, openaiImage } from './read-image.js';
import type { ChatMessage, Part, ToolCall } from './request.js';

/** A message of OpenAI, Anthropic or DashScope, which differ only in the parts of their content. */
export function readMessage(value: unknown, field: string): ChatMessage {
  const message = objectAt(value, field);
  const { parts, calls } = readContent(message.content ?? [], `${field}.content`);
  return {
    role: textAt(message.role, `${field}.role`),
    name: textOr(message.name, `${field}.name`, null),
    parts: typeof message.refusal === 'string' ? [...parts, text(message.refusal)] : parts,
    reasoning: textOr(message.reasoning_content, `${field}.reasoning_content`, null),
    calls: [...openaiCalls(message, field), ...calls],
  };
}

interface Content {
  readonly parts: readonly Part[];
  readonly calls: readonly ToolCall[];
}

const text = (value: string): Part => ({ kind: 'text', text: value });

function readContent(content: unknown, field: string): Content {
  if (typeof content === 'string') return { parts: [text(content)], calls: [] };
  const read = listOr(content, field).map((part, i) => readPart(part, `${field}[${i}]`));
  return { parts: read.flatMap(({ parts }) => parts), calls: read.flatMap(({ calls }) => calls) };
}

/** How parts are read, by type. DashScope's have no type: their one key is it. */
const PARTS: Readonly<Record<string, (part: JsonRecord, field: string) => readonly Part[]>> = {
  text: (part, field) => [text(textAt(part.text, `${field}.text`))],
  input_text: (part, field) => [text(textAt(part.text, `${field}.text`))],
  output_text: (part, field) => [text(textAt(part.text, `${field}.text`))],
  refusal: (part, field) => [text(textAt(part.refusal, `${field}.refusal`))],
  thinking: (part, field) => [text(textAt(part.thinking, `${field}.thinking`))],
  image_url: (part, field) => [openaiImage(part, field)],
  input_image: (part, field) => [openaiImage(part, field)],
  tool_result: (part, field) => readContent(part.content ?? [], `${field}.content`).parts,
  image: (part, field) => [
    part.source === undefined
      ? imagePart(imageSource(textAt(part.image, `${field}.image`), `${field}.image`), part, field)
      : anthropicImage(part, field),
  ],
};

function readPart(value: unknown, field: string): Content {
  if (typeof value === 'string') return { parts: [text(value)], calls: [] };
  const part = objectAt(value, field);
  const type = typeof part.type === 'string' ? part.type : 'text' in part ? 'text' : 'image' in part ? 'image' : null;
  if (type === 'tool_use') return { parts: [], calls: [call(part.name, part.input ?? {}, field)] };
  const read = type !== null && Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  if (read !== undefined) return { parts: read(part, field), calls: [] };
  return { parts: [{ kind: 'uncounted', what: kindOf(type, part) }], calls: [] };
}

/** Never more than a type's name or a key: what else a part holds may be a prompt. */
const kindOf = (type: string | null, part: JsonRecord): string =>
  (type ?? Object.keys(part)[0] ?? 'empty').slice(0, 40);

function openaiCalls(message: JsonRecord, field: string): ToolCall[] {
  const calls = listOr(message.tool_calls, `${field}.tool_calls`).map((value, i) => {
    const at = `${field}.tool_calls[${i}]`;
    const { function: called, custom } = objectAt(value, at);
    const { name, arguments: given, input } = objectAt(called ?? custom, `${at}.function`);
    return call(name, given ?? input ?? '', `${at}.function`);
  });
  const legacy = message.function_call;
  return isRecord(legacy) ? [...calls, call(legacy.name, legacy.arguments ?? '', `${field}.function_call`)] : calls;
}

export const call = (name: unknown, given: unknown, field: string): ToolCall => ({
  name: textAt(name, `${field}.name`),
  arguments: given,
});

/** An item of the Responses API, or a message; what else an item may be (reasoning, references) has no rule. */
export function readItem(value: unknown, field: string): ChatMessage {
  const item = objectAt(value, field);
  const none = { name: null, reasoning: null, parts: [], calls: [] };
  const type = item.type ?? 'message';
  if (type === 'message') return readMessage(item, field);
  if (type === 'function_call')
    return { ...none, role: 'assistant', calls: [call(item.name, item.arguments ?? '', field)] };
  if (type === 'function_call_output')
    return { ...none, role: 'tool', parts: readContent(item.output ?? '', `${field}.output`).parts };
  if (typeof type !== 'string') throw badShape(`${field}.type`, 'is not a text');
  return { ...none, role: type, parts: [{ kind: 'uncounted', what: type.slice(0, 40) }] };
}

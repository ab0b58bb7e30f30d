import { isRecord, type JsonRecord } from '../json-record.js';
import { listOr, objectAt, textAt, textOr } from './json-fields.js';
import { imagePart } from './read-image.js';
import { call } from './read-message.js';
import type { ChatMessage, ChatRequest, ChatTool, Part } from './request.js';

/** A request of Gemini's `generateContent`. */
export function readGemini(body: JsonRecord): Pick<ChatRequest, 'messages' | 'tools'> {
  const instruction = body.systemInstruction ?? body.system_instruction;
  const system = instruction === undefined ? [] : [readTurn(instruction, 'systemInstruction', 'system')];
  const contents = Array.isArray(body.contents) ? body.contents : [body.contents];
  return {
    messages: [...system, ...contents.map((turn, i) => readTurn(turn, `contents[${i}]`, 'user'))],
    tools: listOr(body.tools, 'tools').flatMap(readTools),
  };
}

function readTurn(value: unknown, field: string, role: string): ChatMessage {
  if (typeof value === 'string') return message(role, [{ text: value }], field);
  const turn = objectAt(value, field);
  return message(textOr(turn.role, `${field}.role`, role), listOr(turn.parts, `${field}.parts`), field);
}

function message(role: string, values: readonly unknown[], field: string): ChatMessage {
  const parts = values.map((value, i) => {
    const at = `${field}.parts[${i}]`;
    return { part: objectAt(value, at), at };
  });
  return {
    role,
    name: null,
    reasoning: null,
    parts: parts.flatMap(({ part, at }) => (isRecord(part.functionCall) ? [] : [readPart(part, at)])),
    calls: parts.flatMap(({ part: { functionCall: called }, at }) =>
      isRecord(called) ? [call(called.name, called.args ?? {}, `${at}.functionCall`)] : [],
    ),
  };
}

function readPart(part: JsonRecord, field: string): Part {
  if (part.text !== undefined) return { kind: 'text', text: textAt(part.text, `${field}.text`) };
  if (isRecord(part.functionResponse)) return { kind: 'text', text: JSON.stringify(part.functionResponse) };
  const inline = part.inlineData ?? part.inline_data;
  if (isRecord(inline) && String(inline.mimeType ?? inline.mime_type).startsWith('image/')) {
    return imagePart({ kind: 'base64', text: textAt(inline.data, `${field}.inlineData.data`) }, {}, field);
  }
  return { kind: 'uncounted', what: (Object.keys(part)[0] ?? 'empty').slice(0, 40) };
}

const readTools = (value: unknown, i: number): ChatTool[] =>
  listOr(objectAt(value, `tools[${i}]`).functionDeclarations, `tools[${i}].functionDeclarations`).map((declared, j) => {
    const field = `tools[${i}].functionDeclarations[${j}]`;
    const { name, description, parameters } = objectAt(declared, field);
    return {
      name: textAt(name, `${field}.name`),
      description: textOr(description, `${field}.description`, ''),
      parameters,
      json: declared,
    };
  });

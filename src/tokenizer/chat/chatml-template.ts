/** What the chat templates of Qwen2.5 and Qwen3 write. Source: see `chatml.ts`. */

import { argumentsText } from './chat-format.js';
import type { Generation } from './chatml.js';
import { GAP, mark, type Piece } from './chatml-pieces.js';
import { pythonJson } from './python-json.js';
import { type ChatMessage, type ChatTool, type ToolCall, textOf } from './request.js';

const START = mark('<|im_start|>');
const END = mark('<|im_end|>');
const THINK = mark('<think>');
const THOUGHT = mark('</think>');
const CALL = mark('<tool_call>');
const CALLED = mark('</tool_call>');
const RESPONSE = mark('<tool_response>');
const RESPONDED = mark('</tool_response>');

export const systemPieces = (content: string): Piece[] => [START, `system\n${content}`, END, '\n'];

export const toolsText = (tools: readonly ChatTool[]): string =>
  tools.map(({ json }) => `\n${pythonJson(json)}`).join('');

/** The system message with the tools in it; `content` null: there is no other system message. */
export const toolPieces = (content: string | null, tools: readonly ChatTool[], generation: Generation): Piece[] => [
  START,
  `system\n${content === null ? '' : content}${content === null && generation === 'qwen3' ? '' : '\n\n'}`,
  '# Tools\n\nYou may call one or more functions to assist with the user query.\n\n',
  `You are provided with function signatures within <tools></tools> XML tags:\n<tools>${toolsText(tools)}`,
  '\n</tools>\n\nFor each function call, return a json object with function name and arguments within ',
  CALL,
  CALLED,
  ' XML tags:\n',
  CALL,
  '\n{"name": <function-name>, "arguments": <args-json-object>}\n',
  CALLED,
  END,
  '\n',
];

export interface Conversation {
  readonly messages: readonly ChatMessage[];
  readonly generation: Generation;
  /** From `lastQuestion`, found once. */
  readonly lastQuestion: number;
}

/** The message at `i` as it is written behind the ones before it. */
export function messagePieces(conversation: Conversation, i: number): Piece[] {
  const { messages, generation } = conversation;
  const message = messages[i]!;
  if (message.role === 'tool') return responsePieces(messages, i);
  if (message.role !== 'assistant') return [START, `${message.role}\n`, ...contentPieces(message), END, '\n'];
  const answer = generation === 'qwen3' ? answerPieces(conversation, i) : plainAnswer(message);
  return [START, 'assistant', ...answer, END, '\n'];
}

const contentPieces = ({ parts }: ChatMessage): Piece[] =>
  parts.map((part) => (part.kind === 'text' ? part.text : GAP));

/** Qwen2.5: the line break before each call is always there, that before the content only when there is some. */
function plainAnswer(message: ChatMessage): Piece[] {
  const content = contentPieces(message);
  const isBare = message.calls.length > 0 && textOf(message) === '';
  return [...(isBare ? [] : ['\n', ...content]), ...message.calls.flatMap((call) => ['\n', ...callPieces(call)])];
}

/** Qwen3: thoughts stay only behind the last question of the user. */
function answerPieces({ messages, lastQuestion }: Conversation, i: number): Piece[] {
  const message = messages[i]!;
  const { thoughts, content } = thoughtsOf(message);
  const keeps = i > lastQuestion && (i === messages.length - 1 || thoughts !== '');
  const calls = message.calls.flatMap((call, n) =>
    n > 0 || content !== '' ? ['\n', ...callPieces(call)] : callPieces(call),
  );
  if (!keeps) return [`\n${content}`, ...calls];
  return ['\n', THINK, `\n${withoutBreaks(thoughts)}\n`, THOUGHT, `\n\n${withoutBreaksBefore(content)}`, ...calls];
}

/** Thoughts given apart, else those between `<think>` and `</think>` in the content. */
function thoughtsOf(message: ChatMessage): { thoughts: string; content: string } {
  const text = textOf(message);
  const end = text.lastIndexOf('</think>');
  if (message.reasoning !== null || end < 0) return { thoughts: message.reasoning ?? '', content: text };
  const before = text.slice(0, text.indexOf('</think>'));
  const start = before.lastIndexOf('<think>');
  return {
    thoughts: withoutBreaks(start < 0 ? before : before.slice(start + '<think>'.length)),
    content: withoutBreaksBefore(text.slice(end + '</think>'.length)),
  };
}

/** Line breaks at the front cut. By hand: a regular expression takes quadratic time for the ones at the end. */
function withoutBreaksBefore(text: string): string {
  let start = 0;
  while (text[start] === '\n') start++;
  return text.slice(start);
}

function withoutBreaks(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return withoutBreaksBefore(text.slice(0, end));
}

/** Index of the last message of the user that is not a tool's response in disguise; the last message when there is none. */
export function lastQuestion(messages: readonly ChatMessage[]): number {
  const found = messages.findLastIndex((message) => message.role === 'user' && !isResponse(textOf(message)));
  return found < 0 ? messages.length - 1 : found;
}

const isResponse = (text: string): boolean => text.startsWith('<tool_response>') && text.endsWith('</tool_response>');

const callPieces = ({ name, arguments: given }: ToolCall): Piece[] => [
  CALL,
  `\n{"name": "${name}", "arguments": ${typeof given === 'string' ? argumentsText(given) : pythonJson(given)}}\n`,
  CALLED,
];

/** Responses of tools that follow each other are one message of the user. */
function responsePieces(messages: readonly ChatMessage[], i: number): Piece[] {
  const opens = messages[i - 1]?.role !== 'tool';
  const closes = messages[i + 1]?.role !== 'tool';
  return [
    ...(opens ? [START, 'user'] : []),
    '\n',
    RESPONSE,
    '\n',
    ...contentPieces(messages[i]!),
    '\n',
    RESPONDED,
    ...(closes ? [END, '\n'] : []),
  ];
}

/** @param isThinkingOff  the template then writes an empty thought for the model */
export const replyPieces = (isThinkingOff: boolean): Piece[] => [
  START,
  'assistant\n',
  ...(isThinkingOff ? [THINK, '\n\n', THOUGHT, '\n\n'] : []),
];

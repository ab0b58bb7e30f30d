/**
 * Qwen's chat format: what the published chat templates of Qwen2.5 and Qwen3 write around messages and tools is written the same way and
 * counted, so that the figure is exact by construction.
 *
 * Source: chat_template in tokenizer_config.json of Qwen/Qwen2.5-7B-Instruct and Qwen/Qwen3-8B (Apache-2.0).
 */

import { encodingNamed } from '../encodings.js';
import { normalName } from '../model-names.js';
import type { ChatCount, ChatCounter, ChatFormat, ChatRow } from './chat-format.js';
import { argumentsText, imagesOf, NO_TOKENS } from './chat-format.js';
import { type Piece, type PieceCounter, pieceTokens } from './chatml-pieces.js';
import { lastQuestion, messagePieces, replyPieces, systemPieces, toolPieces, toolsText } from './chatml-template.js';
import { hasPlainNumbers } from './python-json.js';
import { type ChatMessage, type ChatRequest, textOf } from './request.js';

export type Generation = 'qwen2.5' | 'qwen3';

/** The system message Qwen2.5 is given when a request has none. */
const DEFAULT_SYSTEM = 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.';

export const chatml = (generation: Generation): ChatFormat => ({
  name: `chatml of ${generation}`,
  count: (request, counter) => {
    const tokens = pieceTokens({ counter, special: encodingNamed(generation).special });
    return {
      rows: [
        ...systemRows(request, generation, counter, tokens),
        ...turnRows(request, generation, counter, tokens),
        ...(request.shape === 'tools' ? [] : [replyRow(request, generation, tokens)]),
      ],
      doubts: doubtsOf(request, generation, counter),
    };
  },
});

const isSystem = (message: ChatMessage | undefined): message is ChatMessage => message?.role === 'system';

/** The system message, and what tools add to it: they are written inside it. */
function systemRows(
  { messages, tools }: ChatRequest,
  generation: Generation,
  counter: ChatCounter,
  tokens: PieceCounter,
): ChatRow[] {
  const [first] = messages;
  const given = isSystem(first) ? first : null;
  const content = given === null ? (generation === 'qwen2.5' ? DEFAULT_SYSTEM : null) : textOf(given);
  const alone = content === null ? 0 : tokens(systemPieces(content));
  const rows: ChatRow[] = [];
  if (given !== null) rows.push(row(given, 0, alone, counter));
  else if (content !== null) rows.push({ ...NO_TOKENS, part: 'message', role: 'system (default)', overhead: alone });
  if (tools.length === 0) return rows;
  const added = tokens(toolPieces(content, tools, generation)) - alone;
  const text = counter.count(toolsText(tools));
  return [...rows, { ...NO_TOKENS, part: 'tools', text, overhead: added - text }];
}

function turnRows(
  { messages }: ChatRequest,
  generation: Generation,
  counter: ChatCounter,
  tokens: PieceCounter,
): ChatRow[] {
  const conversation = { messages, generation, lastQuestion: lastQuestion(messages) };
  let run: Piece[] = [];
  let apart = 0;
  return messages.flatMap((message, i) => {
    if (i === 0 && isSystem(message)) return [];
    const pieces = messagePieces(conversation, i);
    const alone = tokens(pieces);
    const goesOn = isResponseOf(messages[i - 1]) && isResponseOf(message);
    if (goesOn) run.push(...pieces);
    else run = pieces;
    apart = goesOn ? apart + alone : alone;
    // Responses side by side may share tokens; the last of them makes up for it.
    const shared = goesOn && !isResponseOf(messages[i + 1]) ? tokens(run) - apart : 0;
    return [row(message, i, alone + shared, counter)];
  });
}

const isResponseOf = (message: ChatMessage | undefined): boolean => message?.role === 'tool';

/** `tokens`: of the message as it is written, images left out. */
function row(message: ChatMessage, i: number, tokens: number, counter: ChatCounter): ChatRow {
  const written = [
    ...message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])),
    ...message.calls.flatMap(({ name, arguments: given }) => [name, argumentsText(given)]),
  ];
  const text = Math.min(
    tokens,
    written.reduce((sum, each) => sum + counter.count(each), 0),
  );
  return {
    part: 'message',
    index: i + 1,
    role: message.role,
    text,
    overhead: tokens - text,
    ...imagesOf(message.parts, counter),
  };
}

const replyRow = ({ thinking }: ChatRequest, generation: Generation, tokens: PieceCounter): ChatRow => ({
  ...NO_TOKENS,
  part: 'reply',
  overhead: tokens(replyPieces(generation === 'qwen3' && thinking === false)),
});

/** Open weights whose template is the one written here. */
const OPEN: Readonly<Record<Generation, RegExp>> = {
  'qwen2.5': /^qwen-?2\.5-[\d.]+b(?:-instruct)?$/,
  qwen3: /^qwen-?3-[\d.]+b(?:-a[\d.]+b)?$/,
};

function doubtsOf(
  { messages, tools }: ChatRequest,
  generation: Generation,
  { model }: ChatCounter,
): ChatCount['doubts'] {
  const doubts: string[] = [];
  if (model !== null && !OPEN[generation].test(normalName(model)))
    doubts.push(`the chat template of ${generation === 'qwen3' ? 'Qwen3' : 'Qwen2.5'} was assumed`);
  const special = Object.keys(encodingNamed(generation).special);
  if (messages.some((message) => special.some((each) => textOf(message).includes(each))))
    doubts.push('special tokens in the text of a message were counted as ordinary text');
  const written = [
    ...tools.map(({ json }) => json),
    ...messages.flatMap(({ calls }) => calls.map((call) => call.arguments)),
  ];
  if (!hasPlainNumbers(written))
    doubts.push('Python may write very small or large numbers of tools and calls otherwise');
  return doubts;
}

/**
 * Claude: what surrounds messages is not published, so their text is counted, and of the overhead only what is: the system prompt that
 * tools bring.
 */

import { normalName } from '../model-names.js';
import { argumentsText, type ChatCounter, type ChatFormat, type ChatRow, imagesOf, NO_TOKENS } from './chat-format.js';
import type { ChatMessage, ChatRequest, ChatTool } from './request.js';

/**
 * Tokens of the system prompt that comes with tools, by tool choice.
 *
 * Source: platform.claude.com, Tool use, Pricing; docs.anthropic.com, Tool use pricing and tokens, 2024 to 2026.
 */
const TOOL_PROMPTS: readonly { readonly stem: RegExp; readonly auto: number; readonly forced: number }[] = [
  { stem: /^claude-3-opus/, auto: 530, forced: 281 },
  { stem: /^claude-3-sonnet/, auto: 159, forced: 235 },
  { stem: /^claude-(?:3-haiku|3[-.]5-haiku)/, auto: 264, forced: 340 },
  { stem: /^claude/, auto: 346, forced: 313 },
];

export const claudeChat: ChatFormat = {
  name: 'claude messages',
  count: (request, counter) => ({
    rows: [...messageRows(request.messages, counter), ...toolsRow(request, counter)],
    doubts: ['what Claude puts around messages is not published: their text was counted'],
  }),
};

/** Where nothing at all is published. */
export const plainChat: ChatFormat = {
  name: 'text alone',
  count: ({ messages, tools }, counter) => ({
    rows: [...messageRows(messages, counter), ...toolRow(tools, counter, 0)],
    doubts: ['what this model puts around messages is not known: their text was counted'],
  }),
};

const messageRows = (messages: readonly ChatMessage[], counter: ChatCounter): ChatRow[] =>
  messages.map((message, i) => ({
    part: 'message',
    index: i + 1,
    role: message.role,
    text: written(message).reduce((sum, text) => sum + counter.count(text), 0),
    overhead: 0,
    ...imagesOf(message.parts, counter),
  }));

const written = ({ parts, calls }: ChatMessage): string[] => [
  ...parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])),
  ...calls.flatMap((call) => [call.name, argumentsText(call.arguments)]),
];

function toolsRow({ tools, toolChoice }: ChatRequest, counter: ChatCounter): ChatRow[] {
  const prompt = TOOL_PROMPTS.find(({ stem }) => stem.test(normalName(counter.model ?? 'claude')));
  return toolRow(tools, counter, prompt === undefined ? 0 : prompt[toolChoice === 'forced' ? 'forced' : 'auto']);
}

const toolRow = (tools: readonly ChatTool[], { count }: ChatCounter, overhead: number): ChatRow[] =>
  tools.length === 0
    ? []
    : [
        {
          ...NO_TOKENS,
          part: 'tools',
          text: tools.reduce((sum, { json }) => sum + count(JSON.stringify(json)), 0),
          overhead,
        },
      ];

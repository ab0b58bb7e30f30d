/** Which model speaks which chat format. */

import { normalName } from '../model-names.js';
import type { ChatCount, ChatCounter, ChatFormat } from './chat-format.js';
import { chatml } from './chatml.js';
import { claudeChat, plainChat } from './claude.js';
import { openaiChat } from './openai.js';
import type { ChatRequest } from './request.js';

/** By the beginning of a normal name (`model-names.ts`); the first that matches. */
const BY_MODEL: readonly (readonly [RegExp, ChatFormat])[] = [
  [/^(?:qwen-?2|qwq|qvq)/, chatml('qwen2.5')],
  [/^(?:qwen|tongyi)/, chatml('qwen3')],
  [/^claude/, claudeChat],
  [/^(?:gpt-|chatgpt-|o\d|codex-|computer-use)/, openaiChat],
];

const BY_ENCODING: Readonly<Record<string, ChatFormat>> = {
  o200k_base: openaiChat,
  cl100k_base: openaiChat,
  'qwen2.5': chatml('qwen2.5'),
  qwen3: chatml('qwen3'),
};

/** The format of a model, or, where an encoding was asked for by name, of the models that have it. */
export function chatFormatFor({ model, encoding }: Pick<ChatCounter, 'model' | 'encoding'>): ChatFormat {
  if (model === null) return BY_ENCODING[encoding] ?? plainChat;
  const name = normalName(model);
  return BY_MODEL.find(([stem]) => stem.test(name))?.[1] ?? plainChat;
}

/** Counts a request by the chat format of the model. */
export const countChat = (request: ChatRequest, counter: ChatCounter): ChatCount =>
  chatFormatFor(counter).count(request, counter);

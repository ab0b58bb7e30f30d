import type { ChatCount, ChatCounter, ChatRow } from './chat-format.js';
import { chatFormatFor } from './formats.js';
import type { ChatRequest } from './request.js';

/** Counts a request by the chat format of the model. */
export const countChat = (request: ChatRequest, counter: ChatCounter): ChatCount =>
  chatFormatFor(counter).count(request, counter);

export const rowTokens = ({ text, images, overhead }: ChatRow): number => text + images + overhead;

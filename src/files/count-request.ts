import type { ChatCount } from '../tokenizer/chat/chat-format.js';
import { countChat } from '../tokenizer/chat/formats.js';
import type { ChatRequest } from '../tokenizer/chat/request.js';
import { imageFormulaOf } from '../tokenizer/images/image-models.js';
import type { ModelEncoding } from '../tokenizer/models.js';
import { utf8 } from '../tokenizer/utf8.js';
import { loadEncoding } from './encoding-store.js';
import type { MessageImages } from './message-images.js';

/** What a request is counted with; `model` null: an encoding by name. */
export type RequestCounter = Pick<ModelEncoding, 'encoding' | 'factor'> & { readonly model: string | null };

/**
 * Counts a request with a model's encoding, chat format and image formula.
 * @throws ENCODING_MISSING, ENCODING_DAMAGED, ENCODING_NOT_INSTALLED
 */
export function countRequest(request: ChatRequest, counter: RequestCounter, images: MessageImages): ChatCount {
  const { model, encoding, factor } = counter;
  const loaded = loadEncoding(encoding);
  const formula = model === null ? null : imageFormulaOf(model);
  const assumedBefore = images.assumed();
  const { rows, doubts } = countChat(request, {
    model,
    encoding,
    count: (text) => Math.round(loaded.count(utf8(text)) * factor),
    imageTokens: (image) => images.tokens(image, formula),
  });
  const aboutImages: string[] = [];
  if (hasImages(request) && formula === null) aboutImages.push('what images cost with this model is not known');
  if (hasImages(request) && formula?.method === 'approximate') aboutImages.push(`images: ${formula.source}`);
  if (images.assumed() > assumedBefore) aboutImages.push('the size of some images was assumed');
  return { rows, doubts: [...doubts, ...aboutImages] };
}

const hasImages = ({ messages }: ChatRequest): boolean =>
  messages.some(({ parts }) => parts.some(({ kind }) => kind === 'image'));

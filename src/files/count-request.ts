import type { ChatCount } from '../tokenizer/chat/chat-format.js';
import { countChat } from '../tokenizer/chat/formats.js';
import type { ChatRequest } from '../tokenizer/chat/request.js';
import { imageFormulaOf } from '../tokenizer/images/image-models.js';
import { utf8 } from '../tokenizer/utf8.js';
import { type EncodingRef, encodingTitle } from './encoding-ref.js';
import { loadEncoding } from './encoding-store.js';
import type { MessageImages } from './message-images.js';
import type { Surroundings } from './surroundings.js';

/** What a request is counted with; `model` null: an encoding by name. */
export interface RequestCounter {
  readonly model: string | null;
  readonly encoding: EncodingRef;
  /** Tokens of the model for one of the encoding. */
  readonly factor: number;
}

export interface RequestMaterial {
  readonly images: MessageImages;
  readonly surroundings: Surroundings;
}

/**
 * Counts a request with a model's encoding, chat format and image formula.
 * @throws ENCODING_MISSING, ENCODING_DAMAGED, ENCODING_NOT_INSTALLED
 */
export function countRequest(request: ChatRequest, counter: RequestCounter, material: RequestMaterial): ChatCount {
  const { images, surroundings } = material;
  const { model, encoding, factor } = counter;
  const loaded = loadEncoding(encoding, surroundings);
  const formula = model === null ? null : imageFormulaOf(model);
  const assumedBefore = images.assumed();
  const { rows, doubts } = countChat(request, {
    model,
    encoding: encodingTitle(encoding),
    count: (text) => loaded.count(utf8(text)),
    imageTokens: (image) => images.tokens(image, formula),
  });
  const aboutImages: string[] = [];
  if (hasImages(request) && formula === null) aboutImages.push('what images cost with this model is not known');
  if (hasImages(request) && formula?.method === 'approximate') aboutImages.push(`images: ${formula.source}`);
  if (images.assumed() > assumedBefore) aboutImages.push('the size of some images was assumed');
  return { rows: scaled(rows, factor), doubts: [...doubts, ...aboutImages] };
}

/** Texts scaled so that they add up to their scaled and rounded sum: each takes what the sum grows by. */
function scaled(rows: ChatCount['rows'], factor: number): ChatCount['rows'] {
  if (factor === 1) return rows;
  let raw = 0;
  return rows.map((row) => {
    const before = Math.round(raw * factor);
    raw += row.text;
    return { ...row, text: Math.round(raw * factor) - before };
  });
}

const hasImages = ({ messages }: ChatRequest): boolean =>
  messages.some(({ parts }) => parts.some(({ kind }) => kind === 'image'));

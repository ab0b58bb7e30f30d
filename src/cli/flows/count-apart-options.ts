import { badOption } from '../../errors/command-line.js';
import type { Detail, ImageSize } from '../../tokenizer/images/image-formula.js';
import type { InputOptions } from './count-inputs.js';
import type { CounterOptions } from './counters.js';

/** Options of counts that are not of text files. */
export interface ApartOptions extends InputOptions, CounterOptions {
  readonly messages?: boolean;
  readonly images?: boolean;
  /** Of images that say none themselves. */
  readonly detail?: Detail;
  /** Of images whose size cannot be read. */
  readonly assumeImage?: ImageSize;
  readonly totalOnly?: boolean;
}

/**
 * Whether messages or images are counted, not the text of files.
 * @throws BAD_OPTION when an option of theirs stands alone
 */
export function isCountedApart({ messages, images, detail, assumeImage }: ApartOptions): boolean {
  if (messages || images) return true;
  if (detail !== undefined) throw badOption('--detail', detail, 'is said of no image', 'add --messages or --images');
  if (assumeImage !== undefined) {
    const size = `${assumeImage.width}x${assumeImage.height}`;
    throw badOption('--assume-image', size, 'is said of no image', 'add --messages');
  }
  return false;
}

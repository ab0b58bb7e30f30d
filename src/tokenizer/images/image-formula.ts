/** What an image costs: a published rule from width and height to tokens. */

/** Pixels as displayed: whole numbers from 1 to `LARGEST_SIDE`. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels; every product a formula makes of two sides and a budget stays below 2^53. */
export const LARGEST_SIDE = 2 ** 24;

export const DETAILS = ['low', 'high', 'original', 'auto'] as const;
/** What a request may ask for. `auto` is left to the provider: each formula says what it takes it for. */
export type Detail = (typeof DETAILS)[number];

export interface ImageOptions {
  /** Default `auto`. */
  readonly detail?: Detail | undefined;
  /** Qwen: fewest and most pixels after resizing. */
  readonly minPixels?: number | undefined;
  readonly maxPixels?: number | undefined;
  /** Qwen on DashScope: `vl_high_resolution_images`. */
  readonly highResolution?: boolean | undefined;
}

export interface ImageFormula {
  /** Short, for a table: `openai tiles 85 + 170`. */
  readonly name: string;
  readonly tokens: (size: ImageSize, options?: ImageOptions) => number;
  /** `approximate`: bills are known to differ from what is published, or nobody has compared them. */
  readonly method: 'exact' | 'approximate';
  /** Page and date, and what is uncertain. */
  readonly source: string;
}

import type { Config } from '../../files/config-type.js';
import type { ReadEntryText } from '../../files/entry-text.js';

/** What a config says of prices, and where its price files are read from. */
export interface PriceLists {
  readonly config: Pick<Config, 'prices' | 'contracts' | 'alibaba'>;
  readonly read: ReadEntryText;
}

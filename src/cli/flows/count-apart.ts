import type { ExitCode } from '../../errors/tokenhub-error.js';
import type { Io } from '../io.js';
import type { ApartOptions } from './count-apart-options.js';
import { countImagesFlow } from './count-images.js';
import { countMessagesFlow } from './count-messages.js';

export const countApart = (io: Io, paths: readonly string[], options: ApartOptions): Promise<ExitCode> =>
  options.images ? countImagesFlow(io, paths, options) : countMessagesFlow(io, paths, options);

import type { Place, TokenhubError } from '../errors/tokenhub-error.js';

/** Where in the config something stands, for errors. */
export type ConfigPath = readonly (string | number)[];

export interface ConfigSource {
  /** Absolute path of the file. */
  readonly path: string;
  /** Absolute folder of the file: paths in it are relative to it. */
  readonly folder: string;
  /** Absolute folder of the config that the command reads: the same, or that of one which includes this. */
  readonly shownFrom: string;
  /** The file as messages call it. */
  readonly shown: string;
  readonly lineOf: (path: ConfigPath) => number;
  /** File, line and field, as errors name them. */
  readonly placeOf: (path: ConfigPath) => Place;
  readonly wrong: (path: ConfigPath, message: string, hint: string) => TokenhubError;
}

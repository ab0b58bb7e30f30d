import type { TokenhubError } from '../errors/tokenhub-error.js';

/** Where in the config something stands, for errors. */
export type ConfigPath = readonly (string | number)[];

/** `budgets[0].max` */
export const fieldText = (path: ConfigPath): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');

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
  readonly wrong: (path: ConfigPath, message: string, hint: string) => TokenhubError;
}

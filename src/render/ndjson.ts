import { compactJson } from './json.js';

/** One JSON value per line; nothing for no values. */
export const renderNdjson = (values: readonly unknown[]): string =>
  values.map((value) => `${compactJson(value)}\n`).join('');

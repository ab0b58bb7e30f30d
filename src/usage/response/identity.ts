/** How a response is told from others, and how it ended. */

import { fieldsAt, textOf, valueAt } from '../reading/fields.js';
import type { ResponseLine } from './response-line.js';

/** The id of the response, else of what wraps it, else of the line. Throws BAD_FIELD. */
export function idOf({ line, response }: ResponseLine): string | null {
  const wrapper = fieldsAt(line, 'response') ?? {};
  const values = [
    ...['id', 'request_id', 'responseId'].map((name) => valueAt(response, name)),
    valueAt(wrapper, 'request_id'),
    ...['request_id', 'id'].map((name) => valueAt(line, name)),
  ];
  return firstText(values, 'id');
}

/** HTTP status or the provider's own word. */
export function statusOf({ line, response }: ResponseLine): string | null {
  const wrapper = fieldsAt(line, 'response') ?? {};
  const values = [
    ...['status', 'status_code'].map((name) => valueAt(line, name)),
    valueAt(wrapper, 'status_code'),
    valueAt(response, 'status'),
  ];
  return firstText(
    values.filter((value) => typeof value !== 'object'),
    'status',
  );
}

function firstText(values: readonly unknown[], field: string): string | null {
  for (const value of values) {
    const text = textOf(value, field);
    if (text !== null) return text;
  }
  return null;
}

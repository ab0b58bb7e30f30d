import { type Fields, fieldsAt, fieldsOf, valueAt } from '../reading/fields.js';

/** A log line taken apart. `response` is `line` itself when the line is the bare response. */
export interface ResponseLine {
  readonly line: Fields;
  readonly response: Fields;
  readonly request: Fields | null;
  /** `null`: the line holds no usage. */
  readonly usage: unknown;
}

/**
 * Finds the model's response in one line of a log. Looked at, in this order, and nowhere else:
 * `response.body` (batch results, HTTP logs), `response`, `body`, `result.message` (Anthropic's batch results), the line
 * itself; the first that has a `usage` or `usageMetadata` that is not null. The request is `request.body` or `request`.
 *
 * @throws BAD_RECORD when the line is no JSON object
 */
export function takeApart(value: unknown): ResponseLine {
  const line = fieldsOf(value, 'a log has one JSON object per line');
  const candidates = responsesIn(line);
  const response = candidates.find((candidate) => usageOf(candidate) !== null) ?? candidates[0]!;
  return { line, response, request: requestIn(line), usage: usageOf(response) };
}

function responsesIn(line: Fields): readonly Fields[] {
  const response = fieldsAt(line, 'response');
  const result = fieldsAt(line, 'result');
  return [
    response === null ? null : fieldsAt(response, 'body'),
    response,
    fieldsAt(line, 'body'),
    result === null ? null : fieldsAt(result, 'message'),
    line,
  ].filter((candidate) => candidate !== null);
}

function requestIn(line: Fields): Fields | null {
  const request = fieldsAt(line, 'request');
  return request === null ? null : (fieldsAt(request, 'body') ?? request);
}

const usageOf = (response: Fields): unknown => valueAt(response, 'usage') ?? valueAt(response, 'usageMetadata') ?? null;

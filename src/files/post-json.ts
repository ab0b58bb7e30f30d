/** One HTTP request that posts JSON, bounded in time and size. */

export interface JsonRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

export interface HttpAnswer {
  readonly status: number;
  /** `null`: longer than `LARGEST_ANSWER`, and let go. */
  readonly text: string | null;
  /** Milliseconds the server asks to wait before the next request; `null`: it does not say so in seconds. */
  readonly retryAfter: number | null;
  /** Where a redirect leads, as the server writes it. */
  readonly location: string | null;
}

/** Bytes; a count or an error message is far smaller. */
const LARGEST_ANSWER = 64 * 1024;

/**
 * Posts once. A redirect is an answer like any other and is not followed: the headers hold a key.
 *
 * @param timeLimit  milliseconds for everything, the answer's body included
 * @param stop       gives the request up
 * @throws what fetch throws: a TypeError with its `cause`, or a DOMException `TimeoutError` or `AbortError`
 */
export async function postJson(
  { url, headers, body }: JsonRequest,
  timeLimit: number,
  stop: AbortSignal,
): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.any([AbortSignal.timeout(timeLimit), stop]),
  });
  return {
    status: response.status,
    text: await boundedText(response),
    retryAfter: secondsOf(response.headers.get('retry-after')),
    location: response.headers.get('location'),
  };
}

/** The form in seconds alone; a date would need both clocks to agree. */
const secondsOf = (retryAfter: string | null): number | null =>
  retryAfter !== null && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : null;

async function boundedText({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > LARGEST_ANSWER) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

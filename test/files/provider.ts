/** A provider's API on 127.0.0.1: real HTTP, an ephemeral port, answers as the test says. */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: its shape is what the tests are about
  readonly body: any;
}

export interface Provider {
  readonly address: string;
  /** Requests so far, in the order they came in. */
  readonly received: readonly Received[];
}

/** `nth`: of this request, from 0. */
export type Answering = (response: ServerResponse, request: Received, nth: number) => void;

/** Starts one; it stops after the test. */
export async function provider(answer: Answering): Promise<Provider> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const entry = { method, url, headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
    answer(response, entry, received.push(entry) - 1);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** An answer in JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

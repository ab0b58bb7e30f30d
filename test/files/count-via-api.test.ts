import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { TokenhubError } from '../../src/errors/tokenhub-error.js';
import { accessTo } from '../../src/files/api-access.js';
import { countViaApi, PATIENCE, type Patience } from '../../src/files/count-via-api.js';
import { servedModel } from '../../src/tokenizer/counting-endpoints/all.js';
import { type Answering, json, provider } from './provider.js';

const KEY = 'sk-secret-0123456789';

/** Asks a provider that answers so for the tokens of "hello"; `waits` are the waits asked for, none of them waited. */
async function asked(answer: Answering, patience: Partial<Patience> = {}) {
  const { address, received } = await provider(answer);
  const model = servedModel('claude-opus-4-5')!;
  const access = accessTo(model.endpoint, { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: address });
  const waits: number[] = [];
  const wait = async (time: number) => waits.push(time);
  const messages = model.endpoint.messagesOf('hello');
  const stop = new AbortController().signal;
  const outcome = await countViaApi({ ...model, access }, messages, stop, { ...PATIENCE, wait, ...patience }).catch(
    (error: TokenhubError) => error,
  );
  return { outcome, waits, requests: received.length, address };
}

/** A port that was free a moment ago. */
async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${port}`;
}

/** Facts of a refusal. */
function errorOf(outcome: number | TokenhubError) {
  if (!(outcome instanceof TokenhubError)) throw new Error(`no error but ${outcome}`);
  const { code, message, hint, exitCode } = outcome;
  return { code, message, hint, exitCode };
}

describe('asking again', () => {
  test.each([429, 500, 503, 529])('a status of %i is asked again, after 1 s, then 2 s', async (status) => {
    const { outcome, waits, requests } = await asked((response, _, nth) =>
      nth < 2 ? json(response, status, {}) : json(response, 200, { input_tokens: 8 }),
    );
    expect({ outcome, waits, requests }).toEqual({ outcome: 8, waits: [1000, 2000], requests: 3 });
  });

  test('the wait is the one that retry-after states', async () => {
    const { outcome, waits } = await asked((response, _, nth) =>
      nth === 0 ? json(response, 429, {}, { 'retry-after': '7' }) : json(response, 200, { input_tokens: 8 }),
    );
    expect({ outcome, waits }).toEqual({ outcome: 8, waits: [7000] });
  });

  test('a connection that breaks is asked again', async () => {
    const { outcome, requests } = await asked((response, _, nth) =>
      nth === 0 ? response.socket!.resetAndDestroy() : json(response, 200, { input_tokens: 8 }),
    );
    expect({ outcome, requests }).toEqual({ outcome: 8, requests: 2 });
  });

  test('so is one that breaks in the middle of an answer', async () => {
    const { outcome, requests } = await asked((response, _, nth) => {
      if (nth > 0) return json(response, 200, { input_tokens: 8 });
      response.writeHead(200, { 'content-length': '20' }).write('{"input', () => response.socket!.resetAndDestroy());
    });
    expect({ outcome, requests }).toEqual({ outcome: 8, requests: 2 });
  });

  test('three tries are all there are', async () => {
    const { outcome, requests, address } = await asked((response) =>
      json(response, 429, { error: { type: 'rate_limit_error', message: 'slow down' } }, { 'retry-after': '0' }),
    );
    expect(requests).toBe(3);
    expect(errorOf(outcome)).toEqual({
      code: 'API_REFUSED',
      message: `${address} refused with status 429: "slow down"`,
      hint: 'run the command again later, or name fewer files',
      exitCode: 3,
    });
  });

  test.each(['61', '999999999'])('a provider that wants %s s of rest is not asked again', async (seconds) => {
    const { outcome, waits, requests } = await asked((response) => json(response, 429, {}, { 'retry-after': seconds }));
    expect({ code: errorOf(outcome).code, waits, requests }).toEqual({ code: 'API_REFUSED', waits: [], requests: 1 });
  });

  test.each(['-1', '1e3', 'soon', 'Wed, 21 Oct 2099 07:28:00 GMT'])('a retry-after of %s is none', async (text) => {
    const { waits } = await asked((response, _, nth) =>
      nth === 0 ? json(response, 500, {}, { 'retry-after': text }) : json(response, 200, { input_tokens: 8 }),
    );
    expect(waits).toEqual([1000]);
  });
});

describe('what is not asked again', () => {
  test('a server that says nothing is given up after the time limit', async () => {
    const { outcome, requests, address } = await asked(() => {}, { timeLimit: 50 });
    expect(requests).toBe(1);
    expect(errorOf(outcome)).toMatchObject({
      code: 'API_UNREACHABLE',
      message: `${address} gave no answer: nothing within 0.05 s`,
      exitCode: 3,
    });
  });

  test('a server that stops in the middle of its answer is given up as well', async () => {
    const { outcome } = await asked((response) => response.writeHead(200).write('{"input_tokens":'), { timeLimit: 50 });
    expect(errorOf(outcome)).toMatchObject({ code: 'API_UNREACHABLE', exitCode: 3 });
  });

  test('a redirect is not followed, so the key goes nowhere else', async () => {
    const other = await provider((response) => json(response, 200, { input_tokens: 8 }));
    const { outcome, requests } = await asked((response) =>
      response.writeHead(307, { location: `${other.address}/v1/messages/count_tokens` }).end(),
    );
    expect({ requests, elsewhere: other.received.length }).toEqual({ requests: 1, elsewhere: 0 });
    expect(errorOf(outcome)).toMatchObject({
      code: 'API_REFUSED',
      message: expect.stringContaining(`refused with status 307: "redirects to ${other.address}`),
      hint: 'redirects are not followed; set ANTHROPIC_BASE_URL to the right address',
    });
  });

  test.each([
    [401, 2, 'check the key in ANTHROPIC_API_KEY: it must be valid and may use this model'],
    [403, 2, 'check the key in ANTHROPIC_API_KEY: it must be valid and may use this model'],
    [404, 2, "check the model's name, and ANTHROPIC_BASE_URL where it is set"],
    [400, 3, expect.stringContaining('https://platform.claude.com/docs/')],
  ])('a status of %i is exit code %i, with what to do', async (status, exitCode, hint) => {
    const { outcome, requests } = await asked((response) => json(response, status, { error: { message: 'no' } }));
    expect(requests).toBe(1);
    expect(errorOf(outcome)).toMatchObject({ code: 'API_REFUSED', exitCode, hint });
  });

  test('a host where nobody listens is said at once', async () => {
    const model = servedModel('claude-opus-4-5')!;
    const address = await addressOfNobody();
    const access = accessTo(model.endpoint, { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: address });
    const counting = countViaApi({ ...model, access }, model.endpoint.messagesOf('a'), new AbortController().signal);
    await expect(counting).rejects.toMatchObject({
      code: 'API_UNREACHABLE',
      message: `${address} gave no answer: the connection was refused`,
      exitCode: 3,
    });
  });
});

describe('an answer that is no count', () => {
  test.each([
    ['-5', '{"input_tokens":-5}'],
    ['0 for a text', '{"input_tokens":0}'],
    ['a fraction', '{"input_tokens":1.5}'],
    ['a text', '{"input_tokens":"12"}'],
    ['more than a request can hold', '{"input_tokens":1000000001}'],
    ['beyond all numbers', '{"input_tokens":1e999}'],
    ['NaN', '{"input_tokens":NaN}'],
    ['a list', '[12]'],
    ['null', 'null'],
    ['nothing', ''],
    ['another field', '{"total_tokens":12}'],
    ['a count that is inherited', '{"__proto__":{"input_tokens":12}}'],
    ['a page', '<!doctype html><title>Sign in</title>'],
  ])('is refused: %s', async (_, text) => {
    const { outcome, requests } = await asked((response) => response.writeHead(200).end(text));
    expect(requests).toBe(1);
    expect(errorOf(outcome)).toMatchObject({ code: 'API_ANSWER_UNUSABLE', exitCode: 3 });
  });

  test('is refused without being read to its end when it is huge', async () => {
    const { outcome } = await asked((response) => {
      const more = () => void (response.destroyed || response.write(' '.repeat(16_384), () => setImmediate(more)));
      response.writeHead(200, { 'content-type': 'application/json' });
      more();
    });
    expect(errorOf(outcome)).toMatchObject({
      code: 'API_ANSWER_UNUSABLE',
      message: expect.stringContaining('it is longer than 64 KiB'),
    });
  });

  test('a page beside an error status is quoted, cut and without what acts on a terminal', async () => {
    const { outcome } = await asked((response) =>
      response.writeHead(500, { 'retry-after': '0' }).end(`<html>\u001b[2J${'x'.repeat(500)}`),
    );
    const { message } = errorOf(outcome);
    expect(message).toContain('refused with status 500: "<html>\\u001b[2J');
    expect(message.length).toBeLessThan(150);
  });
});

test('the key is in no error, even when the provider echoes it', async () => {
  for (const [status, body] of [
    [401, { error: { message: `invalid x-api-key ${KEY}` } }],
    [400, `bad header: ${KEY}`],
    [200, `<p>${KEY}</p>`],
  ] as const) {
    const { outcome } = await asked((response) =>
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body)),
    );
    expect(errorOf(outcome).message).toContain('(key)');
    expect(JSON.stringify(errorOf(outcome))).not.toContain(KEY);
  }
});

import { anthropic } from './anthropic.js';
import type { CountingEndpoint } from './endpoint.js';
import { gemini } from './gemini.js';

/** Adding an endpoint is one file and one name here. */
const countingEndpoints: readonly CountingEndpoint[] = [anthropic, gemini];

/** A model as its provider names it, and the endpoint that counts for it. */
export interface ServedModel {
  /** The name as it was asked for. */
  readonly model: string;
  /** Without the routes before it; its snapshot stays, since the provider tells them apart. */
  readonly providerName: string;
  readonly endpoint: CountingEndpoint;
}

/** Who has an endpoint, for people: `Anthropic (claude...)`. */
export const endpointNames = countingEndpoints.map(({ provider, stem }) => `${provider} (${stem}...)`);

/** What a model's name is made of; it becomes part of an address. */
const MODEL_NAME = /^[\w.:@-]+$/;

/**
 * The endpoint that serves a model, by the model's name; `null`: none. The model need not be known here: its provider knows.
 *
 * @example servedModel('anthropic/claude-opus-4-5-20251101')?.providerName // 'claude-opus-4-5-20251101'
 */
export function servedModel(model: string): ServedModel | null {
  const providerName = model.slice(model.lastIndexOf('/') + 1).trim();
  const endpoint = countingEndpoints.find(({ stem }) => providerName.toLowerCase().startsWith(stem));
  return endpoint === undefined || !MODEL_NAME.test(providerName) ? null : { model, providerName, endpoint };
}

/** One message of opencode, the same in its files and in its database. */

import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { sumOfCounts } from '../reading/count.js';
import { type Fields, fieldsAt, textAt, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { dollarsOf } from '../reading/stated-cost.js';
import { places, statedCount, valueAtPlace } from '../shapes/places.js';
import type { DecodeContext } from '../source.js';
import { callTime } from '../time/call-time.js';
import { originOfFolder } from './working-folder.js';

const FIGURES = ['input', 'output', 'reasoning', 'cache.read', 'cache.write', 'total'].map((name) =>
  places(`tokens.${name}`),
);
const [CREATED, COMPLETED] = [places('time.created'), places('time.completed')];
const [FOLDER] = places('path.cwd');

/** What a file or a row says of a message beside its content. */
export interface MessagePlace {
  readonly id: unknown;
  readonly session: unknown;
}

/**
 * The event of a message; `null` when it is not a response, or none that has used anything yet.
 *
 * Classes: input, cache reads and cache writes are counted apart and add up. Reasoning is counted beside output and
 * billed as output, unless the total shows that output includes it. The cost is opencode's own computation, in USD.
 *
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function messageEvent(
  message: Fields,
  { id, session }: MessagePlace,
  context: DecodeContext,
): UsageEvent | null {
  if (valueAt(message, 'role') !== 'assistant' || fieldsAt(message, 'tokens') === null) return null;
  const tokens = tokensOf(message);
  const cost = textAt(message, 'cost');
  if (Object.values(tokens).every((count) => !count) && !Number(cost)) return null;
  const model = modelOf([valueAt(message, 'modelID')], 'modelID');
  return usageEvent({
    id: textOf(id, 'id'),
    ...callTime(valueAtPlace(message, CREATED[0]!), 'time.created', context),
    model,
    provider: providerOf(model, textAt(message, 'providerID')),
    origin: originOfFolder(valueAtPlace(message, FOLDER!), 'path.cwd'),
    agent: 'opencode',
    session: textOf(session, 'sessionID'),
    tokens,
    status: errorOf(message),
    latencyMs: latencyOf(message),
    statedCost: dollarsOf(cost, 'cost'),
  });
}

function tokensOf(message: Fields): TokenClasses {
  const counts = FIGURES.map((where) => statedCount(message, where)?.count ?? null);
  const [input, output, reasoning, cacheRead, cacheWrite5m, total] = counts as (number | null)[];
  const sum = sumOfCounts([input!, output!, cacheRead!, cacheWrite5m!], 'tokens');
  const isInside = total !== null && total === sum && (output ?? 0) >= (reasoning ?? 0);
  return {
    ...NO_TOKENS,
    ...{ input: input!, cacheRead: cacheRead!, cacheWrite5m: cacheWrite5m!, reasoning: reasoning! },
    output: isInside || !reasoning ? output! : sumOfCounts([output!, reasoning], 'tokens.output'),
  };
}

function latencyOf(message: Fields): number | null {
  const [created, completed] = [CREATED, COMPLETED].map((where) => statedCount(message, where)?.count ?? null);
  return created && completed && completed >= created ? completed - created : null;
}

function errorOf(message: Fields): string | null {
  const error = fieldsAt(message, 'error');
  return error === null ? null : textOf(valueAt(error, 'name'), 'error.name');
}

/** What a usage object counts besides tokens. */

import { badField } from '../../errors/usage-records.js';
import { quantityOf } from '../reading/count.js';
import { type Fields, fieldsAt, isFields, shown, textOf, valueAt } from '../reading/fields.js';

/** Tools one call may name; more is no honest log. */
const MAX_TOOLS = 50;
const WORD = /^[a-z0-9][a-z0-9_.-]{0,39}$/i;

/**
 * Images, videos, seconds, characters and tool calls, in millionths, by the names of `UsageEvent.quantities`; zeros are
 * left out. `duration` is video where videos were made, else speech; `output_video_duration` is part of it, and counts
 * where it stands alone.
 *
 * @throws BAD_FIELD
 */
export function nonTokenQuantities(usage: Fields): Record<string, bigint> {
  const videos = valueAt(usage, 'video_count') ?? valueAt(usage, 'output_video_duration');
  const stated: [string, bigint | null][] = [
    ['image', quantity(usage, 'image_count')],
    ['video', quantity(usage, 'video_count')],
    ['video_second', videos == null ? quantity(usage, 'video_duration') : videoSeconds(usage)],
    ['second', quantity(usage, 'seconds') ?? (videos == null ? quantity(usage, 'duration') : null)],
    ['character', quantity(usage, 'characters')],
    ...pluginCalls(usage),
    ['call:web_search', serverToolCalls(usage, 'web_search_requests')],
  ];
  return withoutZeros(stated);
}

const videoSeconds = (usage: Fields): bigint | null =>
  quantity(usage, 'video_duration') ?? quantity(usage, 'duration') ?? quantity(usage, 'output_video_duration');

const withoutZeros = (stated: readonly (readonly [string, bigint | null])[]): Record<string, bigint> =>
  Object.fromEntries(stated.filter((entry): entry is [string, bigint] => entry[1] !== null && entry[1] > 0n));

const quantity = (usage: Fields, name: string): bigint | null => quantityOf(valueAt(usage, name), name);

/** Anthropic: `server_tool_use: { web_search_requests: 2 }`. */
function serverToolCalls(usage: Fields, name: string): bigint | null {
  const tools = fieldsAt(usage, 'server_tool_use');
  return tools === null ? null : quantityOf(valueAt(tools, name), `server_tool_use.${name}`);
}

/** DashScope: `plugins: { search: { count: 1, strategy: 'agent' } }` is 1 of `call:search:agent`. */
function pluginCalls(usage: Fields): [string, bigint | null][] {
  const plugins = fieldsAt(usage, 'plugins');
  if (plugins === null) return [];
  const tools = Object.keys(plugins);
  if (tools.length > MAX_TOOLS) throw badField('plugins', tools.length, 'are too many tools', `at most ${MAX_TOOLS}`);
  return tools.map((tool) => pluginCall(tool, plugins[tool]));
}

function pluginCall(tool: string, plugin: unknown): [string, bigint | null] {
  const field = `plugins.${word(tool, 'plugins')}`;
  if (!isFields(plugin)) throw badField(field, shown(plugin), 'is no object', 'log the usage as the API sent it');
  const strategy = textOf(valueAt(plugin, 'strategy'), `${field}.strategy`);
  const name = strategy === null ? tool : `${tool}:${word(strategy, `${field}.strategy`)}`;
  return [`call:${name}`, quantityOf(valueAt(plugin, 'count'), `${field}.count`)];
}

function word(text: string, field: string): string {
  if (!WORD.test(text)) throw badField(field, text, 'is no name of a tool', 'log the usage as the API sent it');
  return text;
}

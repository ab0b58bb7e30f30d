/**
 * The JSON Schema of the config, for editors: made from the schema that reads a config, with descriptions from the tables of the guide.
 * Draft 7 is what editors understand best.
 */

import { z } from 'zod';
import { configSchema } from '../src/files/config-schema.js';

interface JsonSchema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  [keyword: string]: unknown;
}

/** @param guide  text of docs/guide.md */
export function configJsonSchema(guide: string): JsonSchema {
  const { $schema, ...made } = z.toJSONSchema(configSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => widen(zodSchema._zod.def.type, jsonSchema as JsonSchema),
  }) as JsonSchema;
  describe(made.properties, tableAfter(guide, '| key | meaning |', guide.indexOf('\n## The config\n')));
  const budget = made.properties?.budgets?.items?.properties;
  describe(budget, tableAfter(guide, '| budget key | meaning |', 0));
  for (const limit of [budget?.max, budget?.warn, budget?.tolerance, budget?.maxIncrease?.properties?.percent])
    Object.assign(limit ?? {}, WITH_MEASURE);
  return { $schema, title: 'Config of tokenhub', ...made };
}

/** A limit is no bare number. */
const WITH_MEASURE: JsonSchema = { type: 'string', pattern: '[A-Za-z%]' };

/** As `readYaml` has it: a number is the text it is written as, and one text is a list of one. */
function widen(kind: string, schema: JsonSchema): void {
  if (kind === 'string' && schema.type === 'string' && schema.pattern === undefined) schema.type = ['string', 'number'];
  if (kind !== 'pipe' || schema.type !== 'array') return;
  const list = { ...schema };
  for (const keyword of Object.keys(schema)) delete schema[keyword];
  schema.anyOf = [list.items!, list];
}

/** Names of a table's first column to its second. */
type Rows = ReadonlyMap<string, string>;

function describe(properties: Record<string, JsonSchema> | undefined, rows: Rows): void {
  for (const [key, schema] of Object.entries(properties ?? {})) {
    const description = rows.get(key);
    if (description !== undefined) schema.description = description;
  }
}

function tableAfter(guide: string, head: string, from: number): Rows {
  const at = guide.indexOf(head, from);
  if (at === -1) throw new Error(`the guide has no table ${head}`);
  const rows = new Map<string, string>();
  for (const line of guide.slice(at).split('\n').slice(2)) {
    const [, names, meaning] = /^\| (.+?) \| (.+) \|$/.exec(line) ?? [];
    if (names === undefined || meaning === undefined) break;
    for (const [, name] of names.matchAll(/`(\$?\w+)[^`]*`/g))
      rows.set(name!, [rows.get(name!), meaning].filter((text) => text !== undefined).join('; '));
  }
  return rows;
}

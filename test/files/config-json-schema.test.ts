import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../../scripts/config-json-schema.js';
import { EXPLANATIONS } from '../../src/budget/explanations.js';
import { configSchema } from '../../src/files/config-schema.js';
import { readYaml } from '../../src/files/yaml-text.js';

const root = resolve(import.meta.dirname, '../..');
const text = (name: string): string => readFileSync(join(root, name), 'utf8');
const guide = text('docs/guide.md');
const schema = JSON.parse(text('docs/schemas/config.schema.json'));
const validate = new Ajv({ allErrors: true }).compile(schema);

/** What an editor says of a config. */
const problems = (yaml: string): string[] =>
  validate(parse(yaml)) ? [] : (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message}`);

/** Whether tokenhub takes the shape of a config. */
const isTaken = (yaml: string): boolean => configSchema.safeParse(readYaml(yaml, 'x').value).success;

/** Blocks of YAML in the guide that are a config, or a part of one. */
const configsOfGuide = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)]
  .map(([, block]) => block!)
  .filter((block) => Object.keys(parse(block) ?? {}).some((key) => key in schema.properties));

describe('the JSON Schema of the config', () => {
  test('is what the code and the guide say (renew it with: npm run schema)', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(configJsonSchema(guide))));
  });

  test('describes every key of a config and of a budget, in the words of the guide', () => {
    const bare = (properties: object) =>
      Object.entries(properties).flatMap(([key, { description }]) => (description === undefined ? [key] : []));
    expect(bare(schema.properties)).toEqual([]);
    expect(bare(schema.properties.budgets.items.properties)).toEqual([]);
    expect(schema.properties.budgets.items.properties.warn.description).toBe(
      'a share of the limit, `80%`, or a limit of its own',
    );
  });

  test('takes the config of the reference organisation', () => {
    expect(problems(text('fixtures/token-hub/tokenhub.config.yaml'))).toEqual([]);
  });

  test('takes every config that the guide shows', () => {
    expect(configsOfGuide.length).toBeGreaterThanOrEqual(3);
    for (const config of configsOfGuide) expect(problems(config), config).toEqual([]);
  });

  test.each(Object.entries(EXPLANATIONS))('takes the example of %s', (_, { example }) => {
    expect(problems(example)).toEqual([]);
  });

  test.each([
    'timeZone: Asia/Shanghai',
    'prices: own.yaml',
    'prices: [own.yaml, more.yaml]',
    'rules: [{ unit: a, key: 12003, from: 2026-04-01 }]',
    'allocations: [{ from: a, by: even, to: b }]',
    'allocations: [{ from: a, to: { b: 60%, c: 40% } }]',
    'budgets: [{ name: a, paths: x.md, max: 2k tokens, maxIncrease: { tokens: 200 } }]',
    'budgets: []',
    '$schema: ./config.schema.json',
    '{}',
  ])('takes %s, as tokenhub does', (yaml) => {
    expect(problems(yaml)).toEqual([]);
    expect(isTaken(yaml)).toBe(true);
  });

  test.each([
    'budget: []',
    'budgets: {}',
    'budgets: [{ paths: [x.md], max: 2k tokens }]',
    'budgets: [{ name: a, path: x.md, max: 2k tokens }]',
    'budgets: [{ name: a, paths: [], max: 2k tokens }]',
    'budgets: [{ name: a, paths: x, scope: files, max: 2k tokens }]',
    'budgets: [{ name: a, paths: x, max: 2k tokens, allowEmpty: 1 }]',
    'budgets: [{ name: a, paths: x, maxIncrease: { tokens: -1 } }]',
    'budgets: [{ name: a, paths: x, maxIncrease: { tokens: 1.5 } }]',
    'budgets: [{ name: a, paths: x, max: 0.05 USD, assume: { calls: 0 } }]',
    'budgets: [{ name: "", paths: x, max: 2k tokens }]',
    'rules: [{ unit: a, from: yesterday }]',
    'contracts: [{ name: a, discount: much }]',
    'allocations: [{ from: a, period: 2026, to: b }]',
    'alibaba: { region: us }',
    'units: [a]',
    'mappings: { a: b }',
  ])('refuses %s, as tokenhub does', (yaml) => {
    expect(problems(yaml)).not.toEqual([]);
    expect(isTaken(yaml)).toBe(false);
  });

  test('refuses a limit without a unit, which tokenhub tells as BAD_LIMIT', () => {
    expect(problems('budgets: [{ name: a, paths: x, max: 2000 }]')).not.toEqual([]);
  });
});

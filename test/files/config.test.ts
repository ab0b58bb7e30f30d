import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig, NO_CONFIG } from '../../src/files/config.js';
import { folderWith } from './folder.js';

const WHOLE = `timeZone: Asia/Shanghai
alibaba: { region: cn }
prices: [prices.yaml]
ledger: usage/ledger.db
accounts: { alibaba: [2000000000000001, prod-2], azure: sub-1 }
units:
  bailian: { name: MaaS Bailian, stage: transport, operates: [{ source: higress }, { source: alibaba-bill }] }
  qianwen: { name: Qianwen, stage: apply }
  wukong:  { parent: qianwen, stage: apply, owner: enterprise-agents }
models: { qwen3-32b: [Qwen/Qwen3-32B, "qwen3-32b-2*"] }
rules:
  - { unit: wukong,  workspace: [llm-wukong], from: 2026-04-01, to: 2026-04-30 }
  - { unit: qianwen, key: ["0071", 12003, 007, 1e3], tag: { app: qianwen }, service: one }
allocations:
  - { from: bailian, to: { qianwen: 60%, wukong: 40% } }
mappings:
  portal: { ts: "Start time", input: prompt_tok }
budgets:
  - { name: system prompts, paths: ["prompts/**/*.md"], scope: file, model: qwen3-max, max: 2k tokens, warn: 80% }
  - { name: wukong month, unit: wukong, period: month, max: 1200 USD, warn: 1000 USD }
`;

const load = (text: string, name = 'tokenhub.config.yaml') =>
  loadConfig({ cwd: folderWith({ [name]: text }), file: name, env: {} });

/** `line: field`, message and hint of the error. */
const problem = (text: string, name?: string) =>
  load(text, name).then(
    () => 'no problem',
    ({ code, message, hint, place }) => {
      expect([code === 'BAD_LIMIT' ? 'BAD_CONFIG' : code, place.file]).toEqual([
        'BAD_CONFIG',
        name ?? 'tokenhub.config.yaml',
      ]);
      return [place.line, place.field, message, hint];
    },
  );

describe('a whole config', () => {
  test('every part is read, paths are relative to the file', async () => {
    const cwd = folderWith({ 'tokenhub.config.yaml': WHOLE });
    expect(await loadConfig({ cwd, file: null, env: {} })).toEqual({
      file: join(cwd, 'tokenhub.config.yaml'),
      timeZone: 'Asia/Shanghai',
      alibaba: { region: 'cn' },
      prices: [join(cwd, 'prices.yaml')],
      contracts: [],
      plans: [],
      accounts: { alibaba: ['2000000000000001', 'prod-2'], azure: ['sub-1'] },
      ledger: join(cwd, 'usage/ledger.db'),
      units: [
        {
          ...{ id: 'bailian', parent: null, name: 'MaaS Bailian', stage: 'transport', owner: null },
          operates: [
            { source: 'higress', account: null },
            { source: 'alibaba-bill', account: null },
          ],
        },
        { id: 'qianwen', parent: null, name: 'Qianwen', stage: 'apply', owner: null, operates: [] },
        { id: 'wukong', parent: 'qianwen', name: null, stage: 'apply', owner: 'enterprise-agents', operates: [] },
      ],
      models: { 'qwen3-32b': ['Qwen/Qwen3-32B', 'qwen3-32b-2*'] },
      rules: [
        { unit: 'wukong', fields: { workspace: ['llm-wukong'] }, tags: {}, from: '2026-04-01', to: '2026-04-30' },
        {
          unit: 'qianwen',
          fields: { key: ['0071', '12003', '007', '1e3'], service: ['one'] },
          tags: { app: ['qianwen'] },
          from: null,
          to: null,
        },
      ],
      allocations: [
        {
          kind: 'unit',
          place: 0,
          from: 'bailian',
          name: null,
          where: [],
          filters: [],
          since: null,
          until: null,
          split: {
            by: 'share',
            shares: [
              { unit: 'qianwen', text: '60%', weight: 60_000_000_000_000n },
              { unit: 'wukong', text: '40%', weight: 40_000_000_000_000n },
            ],
          },
        },
      ],
      rulePlaces: [
        { file: 'tokenhub.config.yaml', line: 12 },
        { file: 'tokenhub.config.yaml', line: 13 },
      ],
      mappings: { portal: { ts: 'Start time', input: 'prompt_tok' } },
      budgets: [
        {
          kind: 'files',
          name: 'system prompts',
          paths: ['prompts/**/*.md'],
          root: cwd,
          shownFrom: cwd,
          scope: 'file',
          model: 'qwen3-max',
          encoding: null,
          content: 'text',
          max: { tokens: 2000 },
          maxIncrease: null,
          warn: { percent: 80 },
          tolerance: null,
          allowEmpty: false,
          assume: { outputTokens: 0, calls: 1 },
          level: 'error',
          place: { file: 'tokenhub.config.yaml', line: 19 },
        },
        {
          kind: 'ledger',
          name: 'wukong month',
          unit: 'wukong',
          model: null,
          period: 'month',
          each: null,
          max: { cost: { currency: 'USD', pico: 1_200_000_000_000_000n, text: null } },
          warn: { cost: { currency: 'USD', pico: 1_000_000_000_000_000n, text: null } },
          level: 'error',
          place: { file: 'tokenhub.config.yaml', line: 20 },
        },
      ],
      included: [],
      warnings: [],
    });
  });

  test('the same in JSON is the same config', async () => {
    const json = '{\n\t"units": {"a": {}},\n\t"rules": [\n\t\t{"unit": "a", "key": 12003}\n\t]\n}';
    expect(await load(json, 'tokenhub.config.json')).toMatchObject({
      units: [{ id: 'a' }],
      rules: [{ unit: 'a', fields: { key: ['12003'] } }],
    });
    expect(await problem(json.replace('"a", "key', '"b", "key'), 'tokenhub.config.json')).toEqual([
      4,
      'rules[0].unit',
      '"b" is not in units',
      'did you mean a?',
    ]);
  });

  test('an empty file is the defaults', async () => {
    const { file: _, ...defaults } = NO_CONFIG;
    for (const text of ['', '# nothing\n', '{}']) expect(await load(text)).toMatchObject(defaults);
  });
});

describe('units', () => {
  test('a unit is part of one that is defined', async () => {
    expect(await problem('units:\n  wukong: { parent: hubb }\n  hub: {}\n')).toEqual([
      2,
      'units.wukong.parent',
      '"hubb" is not in units',
      'did you mean hub?',
    ]);
  });

  test('no unit is part of itself', async () => {
    expect(await problem('units:\n  a: { parent: b }\n  b: { parent: a }\n')).toEqual([
      2,
      'units.a.parent',
      'makes a a part of itself: a in b in a',
      'take one of these parents out',
    ]);
  });

  test('a unit operates a source there is, and one that no other unit operates', async () => {
    expect(await problem('units:\n  a: { operates: [{ source: higres }] }\n')).toEqual([
      2,
      'units.a.operates[0].source',
      '"higres" is no source of usage',
      'did you mean higress?',
    ]);
    const twice = 'units:\n  a: { operates: [{ source: vllm }] }\n  b: { operates: [{ source: vllm }] }\n';
    expect(await problem(twice)).toEqual([
      3,
      'units.b.operates[0].source',
      '"vllm" is run by a already',
      'name the account each runs',
    ]);
    expect(await problem(twice.replace('source: vllm }] }\n', 'source: vllm, account: lab }] }\n'))).toBe('no problem');
  });
});

describe('contracts and plans', () => {
  const both = (lines: string, zone = 'UTC') => load(`timeZone: ${zone}\n${lines}`);

  test('are read with days of the time zone, both included, and canonical names', async () => {
    const { contracts, plans, file } = await both(
      `contracts:
  - { name: acme, account: acme, provider: DashScope, models: [Dashscope/Qwen*], discount: 12.5%, from: 2026-04-01, to: 2026-04-30 }
  - { name: team, key: k1, prices: [own/team.yaml] }
plans:
  - { name: Coding Pro, source: claude-code, models: "claude-*", from: 2026-01-01 }
`,
      'Asia/Shanghai',
    );
    const any = { provider: null, account: null, key: null, models: [], from: null, to: null };
    expect(contracts).toEqual([
      {
        ...any,
        name: 'acme',
        provider: 'alibaba',
        account: 'acme',
        models: ['qwen*'],
        discount: { units: 125n, scale: 3 }, // 0.125
        prices: [],
        from: Date.UTC(2026, 2, 31, 16), // midnight in Shanghai
        to: Date.UTC(2026, 3, 30, 16),
        place: { file: 'tokenhub.config.yaml', line: 3, field: 'contracts[0]' },
      },
      {
        ...any,
        name: 'team',
        key: 'k1',
        discount: null,
        prices: [join(file!, '../own/team.yaml')],
        place: { file: 'tokenhub.config.yaml', line: 4, field: 'contracts[1]' },
      },
    ]);
    expect(plans).toEqual([
      { ...any, name: 'Coding Pro', source: 'claude-code', models: ['claude-*'], from: Date.UTC(2025, 11, 31, 16) },
    ]);
  });

  test.each([
    ['contracts: [{ name: a, account: b }]', 'contracts[0]', 'says nothing of a price'],
    ['contracts: [{ name: a, discount: 5% }]', 'contracts[0]', 'is for nobody'],
    ['contracts: [{ name: a, key: b, discount: 5 }]', 'contracts[0].discount', /must be a share from 0% to 100%/],
    ['contracts: [{ name: a, key: b, discount: 101% }]', 'contracts[0].discount', /must be a share/],
    ['contracts: [{ name: a, key: b, discount: -1% }]', 'contracts[0].discount', /must be a share/],
    ['contracts: [{ account: b, discount: 5% }]', 'contracts[0].name', 'is missing'],
    ['contracts: [{ name: a, acount: b, discount: 5% }]', 'contracts[0].acount', '"acount" is no key here'],
    ['contracts: [{ name: a, key: b, source: c, discount: 5% }]', 'contracts[0].source', /is no key here/],
    ['plans: [{ name: a }]', 'plans[0]', 'is for nobody'],
    ['plans: [{ name: a, key: b, from: 2026-02-01, to: 2026-01-31 }]', 'plans[0].to', 'is before from (2026-02-01)'],
    [
      'contracts: [{ name: a, key: k, discount: 5% }, { name: b, key: k, models: qwen*, discount: 6% }]',
      'contracts[1]',
      'contract "b" covers usage that "a" at tokenhub.config.yaml:1: contracts[0] covers',
    ],
  ])('%s is refused', async (text, field, message) => {
    const [line, at, said] = (await problem(text)) as [number, string, string];
    expect([line, at]).toEqual([1, field]);
    expect(said).toMatch(message);
  });
});

test.each([
  ['plans: [{ name: a }]', 'add a provider, an account, a key or a source'],
  ['contracts: [{ name: a, discount: 5% }]', 'add a provider, an account or a key'],
  ['plans: [{ name: a, key: k }, { name: b, source: claudecode }]', 'did you mean claude-code?'],
  ['plans: [{ name: a, source: nope }]', 'use one of codex, gemini-cli, '],
])('%s is refused with what to do', async (text, hint) => {
  const error = await load(text).then(
    () => null,
    (cause) => cause,
  );
  expect(error).toMatchObject({ code: 'BAD_CONFIG', hint: expect.stringContaining(hint) });
});

test('a plan of an unknown source is named by its place', async () =>
  expect((await problem('plans: [{ name: a, source: nope }]')).slice(0, 3)).toEqual([
    1,
    'plans[0].source',
    '"nope" is no source of usage',
  ]));

describe('names of accounts', () => {
  test.each([
    ['accounts: { a: [x], b: [x] }', 'accounts.b', '"x" is a name of "a", too', 'keep it in one of the two'],
    [
      'accounts: { a: [b], b: [x] }',
      'accounts.a',
      '"b" is an account with names of its own',
      'move its names here, or leave it out here',
    ],
    ['accounts: { a: [] }', 'accounts.a', 'must name at least one', expect.anything()],
    ['accounts: [a]', 'accounts', 'must be a mapping of names', expect.anything()],
  ])('%s is refused', async (text, field, message, hint) => {
    expect(await problem(text)).toEqual([1, field, expect.stringContaining(message), hint]);
  });

  test.each([
    ['contracts: [{ name: acme, account: prod-2, discount: 5% }]', 'contracts[0].account', 'contract "acme"'],
    ['plans: [{ name: seats, account: prod-2 }]', 'plans[0].account', 'plan "seats"'],
  ])('are not those of contracts and plans: %s is refused', async (text, field, what) => {
    expect(await problem(`accounts: { alibaba: [prod-2] }\n${text}`)).toEqual([
      2,
      field,
      `${what} is for "prod-2", which accounts links to "alibaba"`,
      'name the account of the ledger, account: alibaba; if it is for prod-2 alone, take that name out of accounts, or give the keys it is for',
    ]);
    await expect(load(`accounts: { alibaba: [prod-2] }\n${text.replace('prod-2', 'alibaba')}`)).resolves.toBeDefined();
  });

  test('may repeat the account itself', async () => {
    expect((await load('accounts: { alibaba: [alibaba, prod-2] }')).accounts).toEqual({
      alibaba: ['alibaba', 'prod-2'],
    });
  });
});

describe('where it is found', () => {
  const found = async (files: Record<string, string>, from = 'repo/a/b', query: object = {}) => {
    const root = folderWith({ 'repo/.git/x': '', 'repo/a/b/x': '', ...files });
    const { file, warnings } = await loadConfig({ cwd: join(root, from), file: null, env: {}, ...query });
    return [file?.slice(root.length + 1) ?? null, ...warnings];
  };
  const section = '{"name":"tokenhub","tokenhub":{"timeZone":"UTC"}}';

  test('the nearest one upwards, in a package.json only under its own key', async () => {
    expect(await found({ 'repo/tokenhub.config.yml': '', 'repo/a/package.json': section })).toEqual([
      'repo/a/package.json',
    ]);
    expect(await found({ 'repo/tokenhub.config.yml': '', 'repo/a/package.json': '{"name":"tokenhub"}' })).toEqual([
      'repo/tokenhub.config.yml',
    ]);
    expect(await found({ 'repo/tokenhub.config.json': '{}', 'repo/a/package.json': '{ broken' })).toEqual([
      'repo/tokenhub.config.json',
    ]);
  });

  test('the repository root is searched, the folder above it is not', async () => {
    expect(await found({ 'repo/package.json': section })).toEqual(['repo/package.json']);
    expect(await found({ 'tokenhub.config.yaml': '' })).toEqual([null]);
  });

  test('of two in one folder the second is warned about', async () => {
    expect(await found({ 'repo/tokenhub.config.json': '{}', 'repo/tokenhub.config.yaml': '' })).toEqual([
      'repo/tokenhub.config.yaml',
      'tokenhub.config.json is not read, because ../../tokenhub.config.yaml is beside it',
    ]);
  });

  test('a named file goes before the environment, that before the search; neither may be missing', async () => {
    const files = { 'repo/tokenhub.config.yaml': '', 'repo/a/b/one.yaml': '', 'repo/a/two.yaml': '' };
    const env = { TOKENHUB_CONFIG: '../two.yaml' };
    expect(await found(files, 'repo/a/b', { env })).toEqual(['repo/a/two.yaml']);
    expect(await found(files, 'repo/a/b', { env, file: 'one.yaml' })).toEqual(['repo/a/b/one.yaml']);
    await expect(found(files, 'repo/a/b', { file: 'nope.yaml' })).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
    await expect(found(files, 'repo/a/b', { file: '..' })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('an error in a package.json has its line there', async () => {
    expect(await problem('{\n\t"name": "x",\n\t"tokenhub": {\n\t\t"timezone": "UTC"\n\t}\n}', 'package.json')).toEqual([
      4,
      'timezone',
      '"timezone" is no key here',
      'did you mean timeZone?',
    ]);
  });
});

describe('every error names line and field', () => {
  test.each([
    ['a: [1\nb: 2\n', [2, undefined, expect.stringContaining('flow sequence')]],
    ['rules: []\nrules: []\n', [2, undefined, 'the key is there twice']],
    ['ledger: a\n---\nledger: b\n', [2, undefined, 'a second document begins here']],
    ['ledger: !!js/function x\n', [1, undefined, expect.stringContaining('unresolved tag')]],
    ['\n- a\n', [2, undefined, 'must be a mapping']],
    ['\n__proto__: {}\n', [2, undefined, 'a key may not be __proto__']],
    ['\ntimeZone: Mars/Olympus\n', [2, 'timeZone', 'must be a time zone such as Asia/Shanghai']],
    ['units:\n  a: { stage: made }\n', [2, 'units.a.stage', 'must be one of: create, transport, apply']],
    ['units:\n  (unassigned): {}\n', [2, 'units.(unassigned)', 'is no name for a unit']],
    ['units:\n', [1, 'units', 'must be a mapping of names']],
    ['rules: {}\n', [1, 'rules', 'must be a list']],
    ['rules:\n  - key: a\n', [2, 'rules[0].unit', 'is missing']],
    ['rules:\n  - unit: a\n    key: [b,\n      true]\n', [4, 'rules[0].key[1]', 'must be a text']],
    ['rules:\n  - unit: a\n    key: []\n', [3, 'rules[0].key', 'must name at least one']],
    ['rules:\n  - unit: a\n    from: 2026-02-29\n', [3, 'rules[0].from', 'must be a date such as 2026-04-01']],
    [
      'rules:\n  - unit: a\n    from: 2026-02-02\n    to: 2026-02-01\n',
      [4, 'rules[0].to', 'is before from (2026-02-02)'],
    ],
    [
      'units: { wukong: {} }\nbudgets:\n  - name: x\n    unit: wukogn\n    period: day\n    max: 1 USD\n',
      [4, 'budgets[0].unit', '"wukogn" is not in units', 'did you mean wukong?'],
    ],
    ['budgets:\n  - name: x\n    max: 1 USD\n', [2, 'budgets[0]', 'is a budget on nothing']],
    ['budgets:\n  - max: 1 USD\n    period: day\n', [2, 'budgets[0].name', 'is missing']],
    ['budgets:\n  - name: x\n    period: day\n', [2, 'budgets[0].max', 'is missing']],
    ['budgets:\n  - name: x\n    period: day\n    max: 2000\n', [4, 'budgets[0].max', '"2000" is no limit']],
    [
      'budgets:\n  - name: x\n    period: day\n    max: 1 USD\n    warn: 1 CNY\n',
      [5, 'budgets[0].warn', 'is in CNY, but max in USD'],
    ],
    [
      'budgets:\n  - name: x\n    period: day\n    max: 1 USD\n    warn: 2 USD\n',
      [5, 'budgets[0].warn', 'is above max'],
    ],
    ['budgets:\n  - name: x\n    paths: a\n    max: 1 USD\n', [4, 'budgets[0].max', 'is money, but no model is named']],
    ['budgets:\n  - name: x\n    paths: []\n    max: 1 tokens\n', [3, 'budgets[0].paths', 'must name at least one']],
    ['budgets:\n  - name: x\n    paths: ["!a"]\n    max: 1 tokens\n', [3, 'budgets[0].paths', 'only leaves files out']],
    [
      'budgets:\n  - name: x\n    paths: a\n    period: day\n    max: 1 tokens\n',
      [4, 'budgets[0].period', 'does not belong to a budget on files'],
    ],
    [
      'budgets:\n  - name: x\n    period: day\n    scope: file\n    max: 1 tokens\n',
      [4, 'budgets[0].scope', 'does not belong to a budget on the ledger'],
    ],
    [
      'budgets:\n  - { name: x, period: day, max: 1 USD }\n  - { name: x, period: day, max: 1 USD }\n',
      [3, 'budgets[1].name', 'is also the name of budgets[0]'],
    ],
    [
      'budgets:\n  - name: x\n    perid: day\n    max: 1 USD\n',
      [3, 'budgets[0].perid', '"perid" is no key here', 'did you mean period?'],
    ],
  ])('%j', async (text, expected) => {
    const found = await problem(text);
    expect(found.slice(0, expected.length)).toEqual(expected);
  });
});

describe('hostile text', () => {
  test('nesting, aliases and size are bounded', async () => {
    const bomb = [
      'a: &a [1,1]',
      ...['b', 'c', 'd', 'e'].map((key, i) => `${key}: &${key} [${`*${'abcd'[i]},`.repeat(9)}]`),
    ].join('\n');
    expect(await problem('['.repeat(100_000))).toContain('is nested more than 100 levels deep');
    expect(await problem('- '.repeat(100_000))).toContain('is nested more than 100 levels deep');
    expect(await problem(bomb)).toContainEqual(expect.stringContaining('alias'));
    expect(await problem(`# ${'x'.repeat(1024 * 1024)}`)).toContain('is larger than 1 MiB');
  });
});

describe('allocations', () => {
  const problemIn = async (...lines: readonly string[]) => {
    const units = 'units: { gateway: {}, chat: {}, agents: {} }\n';
    const found = await problem(`${units}allocations:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`);
    return typeof found === 'string' ? found : found.slice(1);
  };

  test.each([
    ['from: gatewy, by: even', 'from', '"gatewy" is not in units', 'did you mean gateway?'],
    ['from: gateway, to: { chatt: 60% }', 'to.chatt', '"chatt" is not in units', 'did you mean chat?'],
    ['from: gateway, by: even, to: [chat, agent]', 'to[1]', '"agent" is not in units', 'did you mean agents?'],
    [
      'from: gateway, to: { chat: 60 }',
      'to.chat',
      '"60" is no share',
      'write a share from 0% to 100% of at most 12 decimals, such as 60%',
    ],
    ['from: gateway, to: { chat: -5% }', 'to.chat', '"-5%" is no share', expect.anything()],
    ['from: gateway, to: { chat: 60%, agents: 40.000000000001% }', 'to', 'shares more than 100%', expect.anything()],
    [
      'from: gateway, to: { gateway: 60% }',
      'to.gateway',
      '"gateway" would split its cost over itself',
      expect.anything(),
    ],
    ['from: gateway, to: [chat]', undefined, 'does not say how to split', expect.stringContaining('by: tokens')],
    ['from: gateway, by: tokens, to: { chat: 60% }', 'by', 'stands beside fixed shares', expect.anything()],
    ['from: gateway, by: even, to: [chat, chat]', 'to', 'names "chat" twice', 'name it once'],
    ['by: even', undefined, 'splits nothing', expect.stringContaining('add from')],
    ['from: gateway, amount: 1 CNY, by: even', 'amount', 'stands beside from', expect.anything()],
    ['from: gateway, period: 2026-10, by: even', 'period', expect.stringContaining('invoice'), expect.anything()],
    ['amount: 1 CNY, period: 2026-10, by: even', 'amount', 'has no name', expect.anything()],
    ['name: x, amount: 1 CNY, by: even', 'amount', 'is of no one time', expect.stringContaining('monthly: true')],
    [
      'name: x, amount: 1 CNY, period: 2026-10, monthly: true, by: even',
      'monthly',
      'stands beside period',
      'choose one of the two',
    ],
    [
      'name: x, amount: 1234567890123456789 CNY, monthly: true, by: even',
      'amount',
      '"1234567890123456789 CNY" has more than 18 digits before the point',
      expect.anything(),
    ],
    [
      'name: x, amount: 0.1234567890123 CNY, monthly: true, by: even',
      'amount',
      '"0.1234567890123 CNY" has more than 12 decimals',
      expect.anything(),
    ],
    ['name: x, amount: 12, period: 2026-10, by: even', 'amount', '"12" is no amount', 'write it as in 1200 CNY'],
    [
      'name: x, amount: 1 CNY, period: 2026-13, by: even',
      'period',
      'must be a month such as 2026-10',
      expect.anything(),
    ],
    [
      'from: gateway, where: ["chrge=tax"], by: even',
      'where[0]',
      '"chrge" is no field',
      expect.stringContaining('charge'),
    ],
    [
      'from: gateway, since: 2026-10-02, until: 2026-10-01, by: even',
      'until',
      'is before since (2026-10-02)',
      expect.anything(),
    ],
  ])('%s is named by its field, with what to write', async (line, field, message, hint) => {
    const path = `allocations[0]${field === undefined ? '' : `.${field}`}`;
    expect(await problemIn(line)).toEqual([path, message, hint]);
  });

  test('that split in a circle are refused, and the circle is named', async () => {
    expect(await problemIn('from: gateway, by: even, to: [chat]', 'from: chat, to: { gateway: 10% }')).toEqual([
      'allocations',
      'split in a circle: gateway -> chat -> gateway',
      expect.anything(),
    ]);
  });

  test('of one unit on the same days are refused, but not one after the other or of a part', async () => {
    const whole = 'from: gateway, by: even';
    expect(await problemIn(whole, whole)).toEqual([
      'allocations[1]',
      'splits the cost of "gateway", which allocations[0] splits on the same days',
      expect.anything(),
    ]);
    expect(await problemIn(`${whole}, until: 2026-09-30`, `${whole}, since: 2026-10-01`)).toBe('no problem');
    expect(await problemIn(`${whole}, until: 2026-10-01`, `${whole}, since: 2026-10-01`)).not.toBe('no problem');
    expect(await problemIn(`${whole}, where: ["charge=purchase"]`, whole)).toBe('no problem');
  });
});

import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../random.js';
import { type Body, picoOf, type Scene, scene } from './scene.js';
import { type Cells, csv } from './usage-ledger.js';

const ROLE = ['app', 'gateway', 'meter'] as const;

/** Calls about the edges of Shanghai's October, some of them told by several roles, and sent again with other figures. */
const row: fc.Arbitrary<Cells> = fc.record({
  timestamp: fc
    .integer({ min: Date.parse('2026-09-29T00:00:00Z'), max: Date.parse('2026-11-02T00:00:00Z') })
    .map((at) => new Date(at).toISOString()),
  request_id: fc.integer({ min: 1, max: 25 }).map((id) => `r${id}`),
  model: fc.constantFrom('qwen3-max', 'qwen-plus', 'own'),
  workspace: fc.constantFrom('llm-chat', 'other'),
  input_tokens: fc.integer({ min: 0, max: 100_000 }),
  output_tokens: fc.integer({ min: 0, max: 10_000 }),
});
const file = fc.record({ role: fc.constantFrom(...ROLE), rows: fc.array(row, { minLength: 1, maxLength: 8 }) });

type RoleFile = { readonly role: string; readonly rows: readonly Cells[] };

async function importAll(at: Scene, files: readonly RoleFile[], name: string): Promise<void> {
  for (const [i, { role, rows }] of files.entries()) {
    writeFileSync(at.path(`${name}${i}.csv`), csv(...rows));
    await at.tokenhub('import', `${name}${i}.csv`, '--role', role);
  }
}

const CONFIG = 'timeZone: Asia/Shanghai\nunits: { chat: {} }\nrules: [{ unit: chat, workspace: [llm-chat] }]\n';

/** Tokens of a class and cost, of October by unit and model. */
async function october(at: Scene): Promise<Map<string, bigint>> {
  const { rows } = await at.json('report', '--period', '2026-10', '--by', 'unit,model');
  return totalsOf(
    rows.map(({ unit, model, tokens, cost }: Body) => [unit, model, tokens, Object.entries(cost)] as const),
  );
}

type Totals = readonly (readonly [string, string, Body, readonly (readonly [string, string])[]])[];

function totalsOf(rows: Totals): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (name: string, value: bigint) => sums.set(name, (sums.get(name) ?? 0n) + value);
  for (const [unit, model, { input, output }, cost] of rows) {
    add(`${unit} ${model} input`, BigInt(input ?? 0));
    add(`${unit} ${model} output`, BigInt(output ?? 0));
    for (const [currency, amount] of cost) add(`${unit} ${model} ${currency}`, picoOf(amount));
  }
  return sums;
}

const plus = (all: readonly Map<string, bigint>[]): Record<string, bigint> => {
  const sums: Record<string, bigint> = {};
  for (const [name, value] of all.flatMap((each) => [...each])) sums[name] = (sums[name] ?? 0n) + value;
  return Object.fromEntries(
    Object.entries(sums)
      .filter(([, value]) => value !== 0n)
      .sort(),
  );
};

const pending = async (at: Scene): Promise<Map<string, bigint>> => {
  const { closings } = await at.json('close', '--list');
  const { lines } = closings.find(({ period }: Body) => period === '2026-10').pending;
  return totalsOf(
    lines.map(({ unit, model, tokens, cost, currency }: Body) => [
      ...[unit ?? '(unassigned)', model, tokens],
      currency === null ? [] : [[currency, cost]],
    ]),
  );
};

const UNITS = ['chat', '(unassigned)'];

const statementOf = (at: Scene, unit: string, period: string): Promise<Body> =>
  at.json('statement', '--unit', unit, '--period', period);

/** But for what they compare with: September is open. */
const octoberStatements = (at: Scene): Promise<Body[]> =>
  Promise.all(
    UNITS.map(async (unit) => {
      const { number: _, before: __, change: ___, hashes, ...body } = await statementOf(at, unit, '2026-10');
      return { ...body, hashes: { ...hashes, statement: null } };
    }),
  );

/** Cost by unit and currency that statements of November correct October by. */
async function corrected(at: Scene): Promise<Map<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (const unit of UNITS)
    for (const { section, currency, amount } of (await statementOf(at, unit, '2026-11')).lines)
      if (section === 'correction')
        sums.set(`${unit} ${currency}`, (sums.get(`${unit} ${currency}`) ?? 0n) + picoOf(amount));
  return sums;
}

async function costs(at: Scene): Promise<Map<string, bigint>> {
  const { rows } = await at.json('report', '--period', '2026-10', '--by', 'unit');
  return new Map(
    rows.flatMap(({ unit, cost }: Body) =>
      Object.entries(cost as Record<string, string>).map(([currency, amount]) => [
        ...[`${unit} ${currency}`, picoOf(amount)],
      ]),
    ),
  );
}

test('a closed statement stays as it is, and those of the next month add the difference, to the last digit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { minLength: 1, maxLength: 2 }),
      fc.array(file, { minLength: 1, maxLength: 2 }),
      async (first, later) => {
        const at = scene({ 'tokenhub.config.yaml': CONFIG }, { now: '2026-12-05T00:00:00Z' });
        await importAll(at, first, 'first');
        expect((await at.tokenhub('close', '2026-10', '--force')).exitCode).toBe(0);
        const then = await costs(at);
        const closed = await octoberStatements(at);
        await importAll(at, later, 'later');
        expect(await octoberStatements(at)).toEqual(closed);
        expect(plus([then, await corrected(at)])).toEqual(plus([await costs(at)]));
      },
    ),
    { numRuns: 10 },
  );
}, 120_000);

test('frozen and corrections add up to what the ledger holds, whatever is imported and taken back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { minLength: 1, maxLength: 3 }),
      fc.array(file, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      async (first, later, undo) => {
        const at = scene({ 'tokenhub.config.yaml': CONFIG }, { now: '2026-12-05T00:00:00Z' });
        await importAll(at, first, 'first');
        expect((await at.tokenhub('close', '2026-10', '--force')).exitCode).toBe(0);
        const frozen = await october(at);
        await importAll(at, later, 'later');
        expect(plus([frozen, await pending(at)])).toEqual(plus([await october(at)]));
        const { imports } = await at.json('imports');
        await at.tokenhub('imports', 'undo', `${imports[undo % imports.length].id}`);
        expect(plus([frozen, await pending(at)])).toEqual(plus([await october(at)]));
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedScene } from '../cli/scene.js';
import { plainEnv, root } from './program.js';

/*
 * The figures of the demo, worked out here from its raw logs with nothing of tokenhub's: what the report must read is the
 * provider's meter of account bailian-prod and, for bailian-media, which has no meter, the log of the application.
 */

interface Sum {
  requests: bigint;
  tokens: bigint;
  /** 10^-8 CNY. */
  cost: bigint;
}

/** 0.01 CNY per million tokens, so that tokens x rate is in 10^-8 CNY: input, cached input (20%), output, thinking output. */
const RATES: Readonly<
  Record<string, readonly { upTo: bigint; input: bigint; cached: bigint; output: bigint; thinking: bigint }[]>
> = {
  'qwen3-max': [
    { upTo: 32_000n, input: 250n, cached: 50n, output: 1000n, thinking: 1000n },
    { upTo: 128_000n, input: 400n, cached: 80n, output: 1600n, thinking: 1600n },
  ],
  'qwen-plus': [
    { upTo: 128_000n, input: 80n, cached: 16n, output: 200n, thinking: 800n },
    { upTo: 256_000n, input: 240n, cached: 48n, output: 2000n, thinking: 2400n },
  ],
  'qwen-flash': [{ upTo: 128_000n, input: 15n, cached: 3n, output: 150n, thinking: 150n }],
};

const sums = new Map<string, Sum>();

function add(unit: string, model: string, all: bigint, cached: bigint, output: bigint, reasoned: boolean): void {
  const key = `${unit} ${model}`;
  const sum = sums.get(key) ?? { requests: 0n, tokens: 0n, cost: 0n };
  const rate = RATES[model]?.find(({ upTo }) => all <= upTo);
  const cost =
    rate === undefined
      ? 0n
      : (all - cached) * rate.input + cached * rate.cached + output * (reasoned ? rate.thinking : rate.output);
  sums.set(key, { requests: sum.requests + 1n, tokens: sum.tokens + all + output, cost: sum.cost + cost });
}

const UNITS: Readonly<Record<string, string>> = {
  'llm-qianwen': 'qianwen',
  'llm-wukong': 'wukong',
  'llm-innovation': 'innovation',
};
const log = (name: string): string[] =>
  readFileSync(join(root, 'fixtures/token-hub/logs', name), 'utf8')
    .trimEnd()
    .split('\n');

for (const line of log('bailian-meter.csv').slice(1)) {
  const [, , model, , , workspace, , input, cached, output, reasoning] = line.split(',');
  add(UNITS[workspace!] ?? '(unassigned)', model!, BigInt(input!), BigInt(cached!), BigInt(output!), reasoning !== '');
}
for (const line of log('innovation-media.jsonl')) {
  const { workspace, model, usage } = JSON.parse(line);
  add(UNITS[workspace]!, model, BigInt(usage.input_tokens ?? 0), 0n, BigInt(usage.output_tokens ?? 0), false);
}

const total = (pick: (sum: Sum) => bigint): bigint => [...sums.values()].reduce((all, sum) => all + pick(sum), 0n);
const grouped = (value: bigint): string => value.toLocaleString('en-US');
/** Printed money as 10^-8. */
const printed = (text: string): bigint =>
  BigInt(text.replaceAll(/[,.]/g, '')) * 10n ** BigInt(8 - text.split('.')[1]!.length);

const scratch = sharedScene();
let status: number | null = null;
let output = '';
let [firstReport, secondReport] = ['', ''];
let report: string[][] = [];

beforeAll(() => {
  const done = spawnSync(process.execPath, ['scripts/demo.js'], {
    cwd: root,
    env: plainEnv({ TMPDIR: scratch.folder }),
    encoding: 'utf8',
  });
  ({ status, stdout: output } = done);
  [firstReport, secondReport] = output.split('$ tokenhub report ').slice(1) as [string, string];
  report = firstReport.split('\n').map((line) => line.split(/ {2,}/).map((cell) => cell.trim()));
});

describe('npm run demo', () => {
  test('exits 0 and leaves nothing behind', () => {
    expect(status).toBe(0);
    expect(readdirSync(scratch.folder)).toEqual([]);
  });

  test('counts the prompts, imports the logs, reports, and shows the gate refusing', () => {
    for (const command of ['count', 'import', 'sources', 'report', 'check'])
      expect(output).toContain(`$ tokenhub ${command} `);
    expect(output).toContain('$ tokenhub imports\n');
    expect(output).toContain('already imported as import 1, nothing changed');
    expect(output.trimEnd()).toMatch(/\(exit code 1\)$/);
  });

  test('prints the totals that the raw logs add up to', () => {
    const line = report.find(([first]) => first === 'total')!;
    expect(line).toContain(grouped(total(({ requests }) => requests)));
    expect(line).toContain(grouped(total(({ tokens }) => tokens)));
    // 1.76958948 CNY, shown with five decimals
    const cost = total((sum) => sum.cost);
    expect(cost).toBe(176_958_948n);
    expect(line).toContain(`1.${String((cost - 10n ** 8n + 500n) / 1000n)}`);
  });

  test('prints per unit and model what the raw logs add up to, money at most one last digit off', () => {
    for (const [key, sum] of sums) {
      const [unit, model] = key.split(' ') as [string, string];
      const line = report.find((cells) => cells[0] === unit && cells[1] === model);
      expect(line, key).toBeDefined();
      expect(line).toContain(grouped(sum.requests));
      if (sum.tokens > 0n) expect(line, key).toContain(grouped(sum.tokens));
      const money = line!.find((cell) => /^\d+\.\d{5}$/.test(cell));
      if (sum.cost === 0n) expect(line!.slice(0, 11), key).toContain('-');
      else expect(Math.abs(Number(printed(money!) - sum.cost)), key).toBeLessThan(1000);
    }
  });

  test('names the views of the same tokens that it left out', () => {
    expect(firstReport.match(/^left out: /gm)).toHaveLength(3);
    expect(firstReport).toContain('left out: engine tokenhub of account bailian-prod');
  });

  test('compares the second half of the month with as many days before, by the sums of the raw logs', () => {
    const days = (first: string, last: string) =>
      log('bailian-meter.csv')
        .slice(1)
        .map((line) => line.split(','))
        .filter(([at, , , , , workspace]) => workspace === 'llm-wukong' && at! >= first && at! < last)
        .reduce((sum, [, , , , , , , input, , output]) => sum + BigInt(input!) + BigInt(output!), 0n);
    const [now, before] = [days('2026-10-16', '2026-11'), days('2026-09-30', '2026-10-16')];
    expect(secondReport).toContain('compared with: 2026-09-30 to 2026-10-15');
    const line = secondReport.split('\n').find((row) => row.startsWith('wukong '))!;
    // 183,980 - 216,560 = -32,580
    expect(line).toMatch(new RegExp(`${grouped(now)} +${grouped(before)} +-${grouped(before - now)} +-15\\.0%`));
  });
});

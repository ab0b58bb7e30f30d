import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedScene } from '../cli/scene.js';
import { plainEnv, root } from './program.js';

/*
 * The figures of the demo, worked out here from its raw logs with nothing of tokenhub's: what the report must read is the
 * bill of account bailian-prod and, where there is none, the counters of SGLang and the grains.
 */

interface Sum {
  tokens: bigint;
  /** 10^-12 CNY. */
  cost: bigint;
}

const UNITS: Readonly<Record<string, string>> = {
  'llm-qianwen': 'qianwen',
  'llm-innovation': 'innovation',
  '12007': 'wukong-hr',
  '12008': 'wukong-sales',
};

/** Lent to AI Innovation until the 15th. */
const unitOf = (key: string, workspace: string, day: string): string =>
  UNITS[key] ?? UNITS[workspace] ?? (day <= '2026-10-15' ? 'innovation' : '(unassigned)');

/** Lines of the bill, by the names of its columns. */
const bill = (() => {
  const [header, ...lines] = readFileSync(join(root, 'fixtures/token-hub/logs/bailian-bill.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(header!.map((name, index) => [name, cells[index]!])));
})();

/** Decimal text as whole numbers of 10^-decimals. */
const scaled = (text: string, decimals: number): bigint => {
  const [whole, fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
};

const sums = new Map<string, Sum>();
for (const line of bill) {
  const [key, workspace, model] = line['Instance ID']!.split(';');
  const isPlan = line['Line Item Type'] === 'Subscription';
  const name = isPlan
    ? 'shared-gateway Shared AI gateway'
    : `${unitOf(key!, workspace!, line['Billing Date']!)} ${model}`;
  const sum = sums.get(name) ?? { tokens: 0n, cost: 0n };
  // 1.234 of 1K tokens are 1,234
  const tokens = line['Usage Unit'] === '1K tokens' ? scaled(line.Usage!, 3) : 0n;
  sums.set(name, { tokens: sum.tokens + tokens, cost: sum.cost + scaled(line['Payable Amount']!, 12) });
}
/** Between the two readings of SGLang, 5 and 26 October: 1,840,000 of prompts and 212,500 generated. */
sums.set('tongyi Qwen/Qwen3-8B', { tokens: 2_052_500n, cost: 0n });

const total = (pick: (sum: Sum) => bigint): bigint => [...sums.values()].reduce((all, sum) => all + pick(sum), 0n);
const grouped = (value: bigint): string => value.toLocaleString('en-US');

/** 10^-12 as three decimals, rounded half up. */
const shown = (cost: bigint): string => {
  const thousandths = String((cost + 500_000_000n) / 1_000_000_000n);
  return `${thousandths.slice(0, -3)}.${thousandths.slice(-3)}`;
};

const scratch = sharedScene();
let status: number | null = null;
let output = '';
let [firstReport, , thirdReport] = ['', '', ''];
let report: string[][] = [];

beforeAll(() => {
  const done = spawnSync(process.execPath, ['scripts/demo.js'], {
    cwd: root,
    env: plainEnv({ TMPDIR: scratch.folder }),
    encoding: 'utf8',
  });
  ({ status, stdout: output } = done);
  [firstReport, , thirdReport] = output.split('$ tokenhub report ').slice(1) as [string, string, string];
  report = firstReport.split('\n').map((line) => line.split(/ {2,}/).map((cell) => cell.trim()));
});

/** What a command printed. */
const afterwards = (command: string): string => output.split(`$ tokenhub ${command}`)[1]!.split('\n# ')[0]!;

describe('npm run demo', () => {
  test('exits 0 and leaves nothing behind', () => {
    expect(status).toBe(0);
    expect(readdirSync(scratch.folder)).toEqual([]);
  });

  test('walks from counting to a closed month, and shows the gate refusing', () => {
    const typed = [...output.matchAll(/^\$ tokenhub (\w+)/gm)].map(([, command]) => command!);
    expect([...new Set(typed)]).toEqual([
      ...['count', 'import', 'imports', 'units', 'report', 'flow', 'reconcile', 'statement', 'why', 'check', 'close'],
    ]);
    expect(output).toMatch(/already imported as import \d+, nothing changed/);
    expect(output.match(/^\(exit code .*\)$/gm)).toEqual(['(exit code 1)']); // of check
    expect(afterwards('check')).toContain('(exit code 1)');
  });

  test('names every cause of a difference, and leaves none unexplained', () => {
    expect(afterwards('reconcile')).toContain('nothing is left unexplained');
  });

  test('traces the figure of the statement to the same total', () => {
    const line = afterwards('statement')
      .match(/^qwen3-max .*$/m)![0]
      .trim();
    const wukong = ['wukong-hr qwen3-max', 'wukong-sales qwen3-max'].map((key) => sums.get(key)!.tokens);
    const tokens = grouped(wukong[0]! + wukong[1]!);
    expect(line).toContain(tokens);
    expect(afterwards('why')).toMatch(new RegExp(`^total: \\d+ events, ${tokens} tokens `, 'm'));
  });

  test('closes the month, and shows what comes late as corrections of the next', () => {
    expect(afterwards('close 2026-10')).toMatch(/^closed: 2026-10$/m);
    // hours of Qianwen, their discount, and money back to AI Innovation
    expect(output.trimEnd()).toMatch(
      /2026-10: 3 correction lines \(0\.17 CNY\) in 2026-\d\d, from import 14 late\/bailian-bill-late\.csv$/,
    );
  });

  test('prints the totals that the raw logs add up to', () => {
    const line = report.find(([first]) => first === 'total')!;
    expect(line).toContain(grouped(total(({ tokens }) => tokens)));
    expect(line).toContain(shown(total(({ cost }) => cost)));
  });

  test('prints per unit and model what the raw logs add up to, money at most one last digit off', () => {
    for (const [key, sum] of sums) {
      const [unit, ...model] = key.split(' ');
      const line = report.find((cells) => cells[0] === unit && cells[1] === model.join(' '));
      expect(line, key).toBeDefined();
      if (sum.tokens > 0n) expect(line, key).toContain(grouped(sum.tokens));
      if (sum.cost === 0n) continue;
      const money = line!.find((cell) => /^\d+\.\d{3}$/.test(cell))!;
      expect(Math.abs(Number(scaled(money, 12) - sum.cost)), key).toBeLessThan(1_000_000_000);
    }
  });

  test('names the views of the same tokens that it left out', () => {
    expect(firstReport.match(/^left out: /gm)).toHaveLength(5);
    expect(firstReport).toContain('left out: gateway higress of account bailian-prod');
  });

  test('compares the second half of the month with as many days before, by the sums of the raw logs', () => {
    const days = (first: string, end: string) =>
      bill
        .filter((line) => line['Billing Date']! >= first && line['Billing Date']! < end)
        .filter((line) => line['Instance ID']!.startsWith('12003;') && line['Usage Unit'] === '1K tokens')
        .reduce((sum, line) => sum + scaled(line.Usage!, 3), 0n);
    const [now, before] = [days('2026-10-16', '2026-11'), days('2026-09-30', '2026-10-16')];
    expect(thirdReport).toContain('compared with: 2026-09-30 to 2026-10-15');
    const line = thirdReport.split('\n').find((row) => row.startsWith('qianwen '))!;
    expect(line).toMatch(
      new RegExp(`${grouped(now)} +${grouped(before)} +-?${grouped(now > before ? now - before : before - now)} `),
    );
  });
});

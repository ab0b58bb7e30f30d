import { describe, expect, test } from 'vitest';
import { changeOf, write } from './repository.js';
import { type Body, type Files, type Scene, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const config = (budget: string): Files => ({ 'tokenhub.config.yaml': `budgets:\n  - { name: p, ${budget} }\n` });

/** A repository with a budget, changed since `main`. */
function changed(budget: string, before: Files, now: Files): Scene {
  const folder = changeOf({ ...config(budget), ...before });
  write(folder, now);
  return sceneIn(folder);
}

const checked = ({ json }: Scene, ...flags: string[]): Promise<Body> => json('check', '--base', 'main', ...flags);

async function verdictsOf(scene: Scene): Promise<string[]> {
  return (await checked(scene)).verdicts.map(({ level, code, path }: Body) => `${level} ${code} ${path}`);
}

describe('a file over its limit', () => {
  const BUDGET = 'paths: ["*.md"], max: 100 tokens';

  test.each([
    [120, 120, 'warn TH008 a.md'],
    [120, 110, 'warn TH008 a.md'],
    [120, 121, 'error TH001 a.md'],
    [100, 101, 'error TH001 a.md'],
    [120, 100, 'ok TH000 a.md'],
  ])('that had %i tokens and has %i is judged %s', async (before, now, expected) => {
    expect(await verdictsOf(changed(BUDGET, { 'a.md': tokens(before) }, { 'a.md': tokens(now) }))).toEqual([expected]);
  });

  test('that is new fails, and says so', async () => {
    const { verdicts } = await checked(changed(BUDGET, { 'b.md': 'a' }, { 'a.md': tokens(101) }));
    expect(verdicts[0]).toMatchObject({ code: 'TH001', baseline: null, delta: null });
    expect(verdicts[0].message).toMatch(/; new since main \(/);
  });

  test('tells what it was, and what the difference is', async () => {
    const { verdicts } = await checked(changed(BUDGET, { 'a.md': tokens(120) }, { 'a.md': tokens(150) }));
    expect(verdicts[0]).toMatchObject({ measured: 150, limit: 100, baseline: 120, delta: 30 });
    expect(verdicts[0].message).toMatch(/^a\.md: 150 tokens, 50 over the limit of 100; 30 more than 120 in main \(/);
  });

  test('as it was in the base is no error with --fail-fast either', async () => {
    const scene = changed(BUDGET, { 'a.md': tokens(120), 'b.md': 'a' }, { 'b.md': 'a a' });
    const { verdicts, notes } = await checked(scene, '--fail-fast');
    expect(verdicts.map(({ code }: Body) => code)).toEqual(['TH008', 'TH000']);
    expect(notes.join()).not.toContain('--fail-fast');
  });
});

describe('growth', () => {
  const GROWTH = 'maxIncrease: { tokens: 10, percent: 10% }';

  test('is judged file by file; new ones are let pass', async () => {
    const before = { 'a.md': tokens(50), 'b.md': tokens(500), 'c.md': tokens(50) };
    const now = { 'a.md': tokens(60), 'b.md': tokens(551), 'c.md': tokens(61), 'new.md': tokens(900) };
    expect(await verdictsOf(changed(`paths: ["*.md"], ${GROWTH}`, before, now))).toEqual([
      'ok TH000 a.md', // 10 more, of 10
      'error TH007 b.md', // 51 more, of the larger of 10 and 50
      'error TH007 c.md', // 11 more, of 10
      'ok TH000 new.md',
    ]);
  });

  test('of a total is of all its files, and names those that grew most', async () => {
    const budget = `paths: ["*.md"], scope: total, ${GROWTH}`;
    const before = { 'a.md': tokens(50), 'b.md': tokens(50), 'gone.md': tokens(5) };
    const now = { 'a.md': tokens(55), 'new.md': tokens(20) };
    const scene = changed(budget, before, now);
    const { verdicts } = await checked(scene); // 130 now, 105 before, 10 more allowed
    expect(verdicts).toMatchObject([{ code: 'TH007', measured: 130, limit: 115, baseline: 105, delta: 25 }]);
    expect(verdicts[0].parts).toEqual([
      { name: 'new.md', tokens: 20, delta: 20 },
      { name: 'a.md', tokens: 55, delta: 5 },
    ]);
    const { stdout } = await scene.tokenhub('check', '--base', 'main');
    expect(stdout).toContain('\n  grew most: new.md +20 (20), a.md +5 (55)\n');
  });

  test('of a Markdown file names the sections that grew most', async () => {
    const scene = changed(
      `paths: [a.md], ${GROWTH}`,
      { 'a.md': `# One\n${tokens(90)}\n# Two\n${tokens(10)}\n` },
      { 'a.md': `# One\n${tokens(91)}\n# Two\n${tokens(30)}\n# Three\n${tokens(3)}\n` },
    );
    const { verdicts } = await checked(scene);
    const parts = verdicts[0].parts.map(({ name, delta }: Body) => [name, delta]);
    expect(parts.slice(0, 1)).toEqual([['a.md#Two', 20]]);
    expect(parts.map(([name]: [string]) => name)).toEqual(['a.md#Two', 'a.md#Three', 'a.md#One']);
  });

  test('from a version that cannot be counted is unknown, and the size is judged', async () => {
    const before = { 'a.md': new Uint8Array([0, 1, 2]) };
    const scene = changed(`paths: [a.md], max: 100 tokens, ${GROWTH}`, before, { 'a.md': tokens(90) });
    expect(await verdictsOf(scene)).toEqual(['ok TH000 a.md', 'unknown TH013 a.md']);
  });

  test('of sections is that of each', async () => {
    const scene = changed(
      `paths: [a.md], scope: section, ${GROWTH}`,
      { 'a.md': `# One\n${tokens(50)}\n# Two\n${tokens(50)}\n` },
      { 'a.md': `# One\n${tokens(70)}\n# Two\n${tokens(50)}\n# New\n${tokens(90)}\n` },
    );
    const { verdicts } = await checked(scene);
    expect(verdicts.map(({ code, section, line }: Body) => [code, section, line])).toEqual([
      ['TH007', ['One'], 1],
      ['TH000', ['Two'], 3],
      ['TH000', ['New'], 5],
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { FINDINGS } from '../../src/budget/codes.js';
import { type Body, scene } from './scene.js';

describe('explain', () => {
  test('without a code lists all of them with their titles', async () => {
    const { exitCode, stdout, stderr } = await scene().tokenhub('explain');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^code +level +title *$/m);
    for (const { code, level } of FINDINGS) expect(stdout).toMatch(new RegExp(`^${code} +${level} +\\S`, 'm'));
  });

  test.each(['TH001', 'th001', ' Th001 '])(
    'of %j says what it means, why, how to lower and how to accept',
    async (code) => {
      const { exitCode, stdout } = await scene().tokenhub('explain', code);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^TH001 \(breach\): over the limit/);
      for (const head of ['What it means', 'Why', 'How to get rid of it', 'How to accept it', 'For example'])
        expect(stdout).toContain(`\n${head}\n  `);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    },
  );

  test('of usage that no unit has says that rules are written before they are applied', async () => {
    const { stdout } = await scene({}, { columns: 200 }).tokenhub('explain', 'TH117');
    expect(stdout).toContain('into `rules` of the config, then tokenhub units --apply');
  });

  test('fits a narrow terminal', async () => {
    const { stdout } = await scene({}, { columns: 60 }).tokenhub('explain', 'TH004');
    const [title, ...rest] = stdout.slice(0, stdout.indexOf('For example')).split('\n');
    expect(title).toMatch(/^TH004/);
    expect(Math.max(...rest.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('has the same as JSON, one object of its own schema', async () => {
    const { schema, findings } = await scene().json('explain', 'TH007');
    expect(schema).toBe('tokenhub.explain/v1');
    expect(findings.map(({ code }: Body) => code)).toEqual(['TH007']);
    expect(Object.keys(findings[0])).toEqual([
      'code',
      'level',
      'title',
      'meaning',
      'why',
      'lower',
      'accept',
      'example',
    ]);
    expect((await scene().json('explain')).findings).toHaveLength(FINDINGS.length);
  });

  test('prints JSON as its published schema says', async () => {
    const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../docs/schemas/explain.v1.json'), 'utf8'));
    const ajv = new Ajv();
    expect(ajv.validate(schema, await scene().json('explain')), ajv.errorsText()).toBe(true);
  });

  test('as Markdown keeps what would be an element as text', async () => {
    const { stdout } = await scene().tokenhub('explain', 'TH001', '--format', 'markdown');
    expect(stdout).toContain('count &lt;file&gt;');
    expect(stdout).toContain('```yaml\nbudgets:\n');
  });

  test.each([
    ['TH0O1', /did you mean TH001\?/],
    ['TH01', /did you mean TH\d+\?/],
    ['BAD_CONFIG', /see all of them: tokenhub explain$/m],
  ])('of %s, which is none, exits 2 and says what to type', async (code, hint) => {
    const { exitCode, stdout, stderr } = await scene().tokenhub('explain', code);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(hint);
  });
});

describe('a check that fails', () => {
  const files = (max: number) => ({
    'a.md': 'a a a',
    'tokenhub.config.yaml': `budgets:\n  - { name: none, paths: ["*.txt"], max: 1 tokens }\n  - { name: a, paths: [a.md], max: ${max} tokens }\n`,
  });

  test('says which code to have explained, the worst of them', async () => {
    const { stdout } = await scene(files(2)).tokenhub('check');
    expect(stdout).toContain('tokenhub explain TH001\nfailed: 1 error, 1 unknown');
  });

  test('and passes by --allow-unknown says nothing of it', async () => {
    expect((await scene(files(3)).tokenhub('check')).stdout).toContain('tokenhub explain TH004\n');
    expect((await scene(files(3)).tokenhub('check', '--allow-unknown')).stdout).not.toContain('explain');
  });
});

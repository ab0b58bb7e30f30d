import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkJsonProblems, gitlabProblems, junitProblems, sarifProblems } from '../render/report-schemas.js';
import { run } from './memory-io.js';
import { type Body, scene } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
/** One file of two over its limit. */
const FILES = {
  'prompts/a.md': tokens(100),
  'prompts/b.md': tokens(10),
  [CONFIG]: 'budgets:\n  - { name: prompts, paths: ["prompts/*.md"], max: 50 tokens }\n',
};

const ALL = ['junit=report.xml', 'gitlab=gl-code-quality-report.json', 'tokenhub.sarif', 'comment.md', 'check.json'];
const allOutputs = ALL.flatMap((output) => ['-o', output]);

describe('several outputs of one check', () => {
  test('are each valid, and written although the check fails', async () => {
    const at = scene(FILES);
    expect(await at.tokenhub('check', ...allOutputs)).toMatchObject({ exitCode: 1, stdout: '' });
    const text = (name: string) => readFileSync(at.path(name), 'utf8');
    expect(await junitProblems(text('report.xml'))).toEqual([]);
    expect(gitlabProblems(JSON.parse(text('gl-code-quality-report.json')))).toEqual([]);
    expect(sarifProblems(JSON.parse(text('tokenhub.sarif')))).toEqual([]);
    expect(checkJsonProblems(JSON.parse(text('check.json')))).toEqual([]);
    expect(text('comment.md')).toMatch(/^<!-- tokenhub-check -->\n### Token budgets: failed\n/);
  });

  test('say on standard error what was found, once, where they are for other programs alone', async () => {
    const { stderr } = await scene(FILES).tokenhub('check', '-o', 'junit=report.xml', '-o', 'tokenhub.sarif');
    expect(stderr.match(/TH001 prompts: prompts\/a\.md: 100 tokens/g)).toHaveLength(1);
    expect(stderr).toMatch(/failed: 1 error, 0 unknown, 0 warn, 1 ok\n$/);
  });

  test('are written neither half nor in part where the check ends in an error', async () => {
    const at = scene({
      ...FILES,
      'bad.yaml': 'budgets: [{ name: x, paths: [a.md], model: gpt-nine, max: 1 tokens }]\n',
    });
    expect((await at.tokenhub('check', '--config', 'bad.yaml', ...allOutputs)).exitCode).toBe(2);
    expect((await at.tokenhub('check', '-o', 'tokenhub.sarif', '-o', 'no-folder/report.xml')).exitCode).toBe(2);
    expect(['report.xml', 'tokenhub.sarif', 'check.json'].filter((name) => existsSync(at.path(name)))).toEqual([]);
  });

  test('are told by the names .sarif and .xml, and GitLab’s by its format', async () => {
    const at = scene(FILES);
    await at.tokenhub('check', '-o', 'a.sarif', '-o', 'b.xml', '-o', 'c.json');
    expect(JSON.parse(readFileSync(at.path('a.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(at.path('b.xml'), 'utf8')).toMatch(/^<\?xml/);
    expect(JSON.parse(readFileSync(at.path('c.json'), 'utf8')).schema).toBe('tokenhub.check/v1');
  });
});

describe('the names of files in reports', () => {
  const at = () => {
    const monorepo = scene({ 'packages/chat/x.txt': '' });
    mkdirSync(monorepo.path('.git'));
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(monorepo.path('packages/chat/prompts'), { recursive: true });
      writeFileSync(monorepo.path(`packages/chat/${name}`), text);
    }
    return monorepo;
  };

  test.each(['', 'packages/chat', 'packages/chat/prompts'])(
    'are those from the top of the repository, checked in /%s',
    async (folder) => {
      const monorepo = at();
      const argv = ['check', '--config', monorepo.path(`packages/chat/${CONFIG}`)];
      const sarif = await run([...argv, '--format', 'sarif'], { cwd: monorepo.path(folder) });
      const [{ locations }] = JSON.parse(sarif.stdout).runs[0].results;
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe('packages/chat/prompts/a.md');
      const github = await run([...argv, '--format', 'github'], { cwd: monorepo.path(folder) });
      expect(github.stdout).toMatch(/^::error file=packages\/chat\/prompts\/a\.md,line=1,/);
    },
  );

  test('without a repository are those from the workspace of the job', async () => {
    const { folder } = scene(Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`sub/${name}`, text])));
    const { stdout } = await run(['check', '--format', 'github'], {
      cwd: `${folder}/sub`,
      env: { GITHUB_WORKSPACE: folder },
    });
    expect(stdout).toContain('file=sub/prompts/a.md,');
  });

  test('may hold quotes, blanks and line breaks', async () => {
    const files = { 'prompts/a "b" \n%c.md': tokens(100), [CONFIG]: FILES[CONFIG] };
    const outputs = scene(files);
    await outputs.tokenhub('check', ...allOutputs);
    expect(await junitProblems(readFileSync(outputs.path('report.xml'), 'utf8'))).toEqual([]);
    const { stdout } = await outputs.tokenhub('check', '--format', 'github');
    expect(stdout).toContain('file=prompts/a "b" %0A%25c.md,line=1');
    expect(stdout.split('\n')).toHaveLength(3);
  });
});

describe('a step of GitHub Actions', () => {
  const step = (files: Record<string, string> = FILES) => {
    const at = scene({ ...files, 'summary.md': '', output: 'before=1\n' });
    const env = { GITHUB_STEP_SUMMARY: at.path('summary.md'), GITHUB_OUTPUT: at.path('output') };
    const check = (...flags: string[]) => run(['check', ...flags], { cwd: at.folder, env });
    return { check, text: (name: string) => readFileSync(at.path(name), 'utf8'), path: at.path };
  };

  test('gets a summary and outputs, after what is there', async () => {
    const { check, text } = step();
    expect((await check('--format', 'github')).exitCode).toBe(1);
    expect(text('summary.md')).toMatch(/^<!-- tokenhub-check -->\n### Token budgets: failed\n/);
    const outputs = { passed: 'false', errors: '1', warnings: '0', unknown: '0', 'exit-code': '1' };
    const blocks = Object.entries(outputs).map(
      ([name, value]) => `${name}<<END_OF_TOKENHUB_OUTPUT\n${value}\nEND_OF_TOKENHUB_OUTPUT\n`,
    );
    expect(text('output')).toBe(`before=1\n${blocks.join('')}`);
  });

  test('gets them where github is one output of several', async () => {
    const { check, text } = step();
    await check('-o', 'github=log.txt', '-o', 'report.xml');
    expect(text('output')).toContain('exit-code');
    expect(text('log.txt')).toMatch(/^::error /);
  });

  test('gets neither with another format', async () => {
    const { check, text } = step();
    await check('--format', 'markdown');
    expect([text('summary.md'), text('output')]).toEqual(['', 'before=1\n']);
  });

  test('whose summary is full is told so, and judged all the same', async () => {
    const { check, text, path } = step();
    writeFileSync(path('summary.md'), 'x'.repeat(1024 * 1024 - 100));
    const { exitCode, stderr } = await check('--format', 'github');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('the summary of this step has no room left');
    expect(text('summary.md')).toHaveLength(1024 * 1024 - 100);
    expect(text('output')).toContain('passed');
  });

  test('that names a file nobody can write to exits 2', async () => {
    const { folder } = scene(FILES);
    const env = { GITHUB_OUTPUT: `${folder}/no-folder/output` };
    expect((await run(['check', '--format', 'github'], { cwd: folder, env })).exitCode).toBe(2);
  });
});

describe('a check as a table', () => {
  const files = (number: number) =>
    Object.fromEntries(Array.from({ length: number }, (_, i) => [`prompts/ok-${String(i).padStart(2, '0')}.md`, 'a']));
  const rowsOf = (stdout: string) => stdout.match(/^ok +TH000/gm)?.length ?? 0;
  const FINE = { [CONFIG]: FILES[CONFIG] };

  test.each([
    ['20 within the limit beside a finding shows all', { ...FILES, ...files(19) }, 20],
    ['21 within the limit beside a finding counts them', { ...FILES, ...files(20) }, 0],
    ['50 within the limit and no finding shows 20', { ...FINE, ...files(50) }, 20],
  ])('of %s', async (_, all, shown) => {
    const { stdout } = await scene(all).tokenhub('check');
    expect(rowsOf(stdout)).toBe(shown);
    expect(stdout.includes('more within the limit (--verbose shows them)')).toBe(shown !== Object.keys(all).length - 2);
  });

  test('with --verbose shows all', async () => {
    expect(rowsOf((await scene({ ...FILES, ...files(40) }).tokenhub('check', '--verbose')).stdout)).toBe(41);
  });

  test('has no columns of a comparison where there is none', async () => {
    expect((await scene(FILES).tokenhub('check')).stdout).not.toMatch(/before|change/);
  });
});

describe('a check as CSV', () => {
  test('has exact numbers, and a column for every fact', async () => {
    const { stdout } = await scene(FILES).tokenhub('check', '--format', 'csv');
    const [head, first] = stdout.split('\n');
    expect(head).toBe(
      'level,code,budget,rule,path,measured,baseline,delta,limit,measured_in,at_least,method,band_low,band_high,line,section,message,hint,config,quota',
    );
    expect(first).toMatch(
      /^error,TH001,prompts,max,prompts\/a\.md,100,,,50,tokens,false,exact,,,,,"prompts\/a\.md: 100 tokens/,
    );
  });

  test('has all rows, however many are within their limits', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`prompts/${i}.md`, 'a']));
    const { stdout } = await scene({ ...FILES, ...many }).tokenhub('check', '--format', 'csv');
    expect(stdout.trimEnd().split('\n')).toHaveLength(63); // a header, 2 and 60
  });
});

describe('the published schema of check/v1', () => {
  const body = (): Promise<Body> => scene(FILES).json('check');

  test('has every member that is written', async () => {
    const schema = JSON.parse(readFileSync(new URL('../../docs/schemas/check.v1.json', import.meta.url), 'utf8'));
    const written = await body();
    expect(Object.keys(written)).toEqual(Object.keys(schema.properties));
    expect(Object.keys(written.verdicts[0])).toEqual(Object.keys(schema.definitions.verdict.properties));
  });

  test.each<[string, (body: Body) => void]>([
    ['no verdicts', (it) => delete it.verdicts],
    ['a level it does not know', (it) => Object.assign(it.verdicts[0], { level: 'fatal' })],
    ['money as a number', (it) => Object.assign(it.verdicts[0], { measured: 0.5 })],
    ['a code that is none', (it) => Object.assign(it.verdicts[0], { code: 'E1' })],
  ])('refuses %s', async (_, breakIt) => {
    const broken = await body();
    expect(checkJsonProblems(broken)).toEqual([]);
    breakIt(broken);
    expect(checkJsonProblems(broken)).not.toEqual([]);
  });
});

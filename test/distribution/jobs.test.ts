import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMENT_MARK } from '../../src/render/check-comment.js';
import { scene } from '../cli/scene.js';
import { tokens } from '../cli/token-text.js';
import { folderWith } from '../files/folder.js';
import { bin } from '../smoke/program.js';
import { bash, outputsIn, pullRequest, type Repository, root, runnerEnv, yamlOf } from './runner.js';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const guide = readFileSync(join(root, 'docs/guide.md'), 'utf8');
const FILES = readdirSync(join(root, 'docs/ci'));
const WORKFLOWS = FILES.filter((name) => name.startsWith('github'));

/** Those that post the report. */
const COMMENTING = ['github-comment.yml', 'github-same-repository.yml'];

const CONFIG = 'budgets:\n  - { name: prompts, paths: ["prompts/**/*.md"], max: 100 tokens }\n';
const MAIN = { 'tokenhub.config.yaml': CONFIG, 'prompts/a.md': tokens(90) };

/** A folder with stand-ins for programs of a runner: npx runs the built tokenhub, whatever version is asked for. */
function tools(programs: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith();
  symlinkSync(bin, join(folder, 'tokenhub'));
  const npx = '#!/bin/bash\nwhile [[ $1 == --yes || $1 == tokenhub* ]]; do shift; done\nexec tokenhub "$@"\n';
  for (const [name, text] of Object.entries({ npx, ...programs })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const withTools = (env: Record<string, string>, folder: string): Record<string, string> => ({
  ...env,
  PATH: `${folder}:${process.env.PATH}`,
});

/** The steps of the one job of a workflow that run a script. */
const scriptsOf = (name: string): { run: string; env?: Record<string, string> }[] =>
  Object.values<{ steps: { run?: string }[] }>(yamlOf(`docs/ci/${name}`).jobs)
    .flatMap(({ steps }) => steps)
    .filter((step): step is { run: string } => step.run !== undefined);

describe('the files of docs/ci', () => {
  test.each(WORKFLOWS)('%s is a workflow whose token may do no more than it needs', (name) => {
    const workflow = yamlOf(`docs/ci/${name}`);
    expect(workflow.permissions).toEqual(
      COMMENTING.includes(name) ? expect.objectContaining({ 'pull-requests': 'write' }) : { contents: 'read' },
    );
    expect(workflow.on ?? workflow[true as never]).toBeDefined();
    for (const { run } of scriptsOf(name)) expect(run).not.toContain('${{');
  });

  test.each(FILES)('%s is linked from the guide, and names this version', (name) => {
    const text = readFileSync(join(root, 'docs/ci', name), 'utf8');
    expect(guide.includes(`](ci/${name})`)).toBe(true);
    for (const [, named] of text.matchAll(/tokenhub@v?(\d[\d.]*)/g)) expect(named).toBe(version);
    for (const [, named] of text.matchAll(/rev: v(\S+)/g)) expect(named).toBe(version);
  });

  test('never check out a pull request where the token may write', () => {
    const text = readFileSync(join(root, 'docs/ci/github-comment.yml'), 'utf8');
    expect(text).not.toMatch(/actions\/checkout|npm |npx |node /);
  });
});

describe('the job of a pull request', () => {
  const [{ run }] = scriptsOf('github.yml') as [{ run: string }];

  /** The file that the step behind it uploads. */
  function uploaded({ RUNNER_TEMP }: Record<string, string>): string {
    const { path } = yamlOf('docs/ci/github.yml').jobs.check.steps.at(-1).with;
    const [, name] = /^\$\{\{ runner\.temp \}\}\/(.+)$/.exec(path)!; // a change has no say in what is there
    return join(RUNNER_TEMP!, name!);
  }

  test('passes within the limits, and fails over them, with the report of both', () => {
    for (const [size, status] of [
      [95, 0],
      [130, 1],
    ] as const) {
      const repository = pullRequest(MAIN, { 'prompts/a.md': tokens(size) }, 'change');
      const env = runnerEnv(repository, 'change');
      const result = bash(run, repository.workspace, withTools(env, tools()));
      expect(result.status).toBe(status);
      expect(existsSync(uploaded(env))).toBe(true);
    }
  });

  test('uploads no report that the change has brought along', () => {
    const change = { 'tokenhub-report.md': REPORT };
    const repository = pullRequest({ ...MAIN, 'tokenhub.config.yaml': 'budgets: [' }, change, 'change');
    const env = runnerEnv(repository, 'change');
    expect(bash(run, repository.workspace, withTools(env, tools())).status).toBe(2);
    expect(existsSync(uploaded(env))).toBe(false);
  });
});

describe('the job of a merge request on GitLab', () => {
  const { script, artifacts, variables } = yamlOf('docs/ci/gitlab.yml').tokenhub;

  test('leaves the reports that its artifacts name', () => {
    const repository = pullRequest(MAIN, { 'prompts/a.md': tokens(130) }, 'change');
    const env = {
      GITLAB_CI: 'true',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: headOf(repository, 'origin/main'),
    };
    const { status, stdout } = bash(script.join('\n'), repository.workspace, withTools(env, tools()));
    expect(status).toBe(1);
    expect(stdout).toContain('TH001');
    const [issue] = JSON.parse(readFileSync(join(repository.workspace, artifacts.reports.codequality), 'utf8'));
    expect(issue.location.path).toBe('prompts/a.md');
    expect(readFileSync(join(repository.workspace, artifacts.reports.junit), 'utf8')).toContain('<testsuite');
    expect(variables.GIT_DEPTH).toBe('0');
  });

  test('uploads no reports that the change has brought along, nor writes through its links', () => {
    const { codequality, junit } = artifacts.reports;
    const repository = pullRequest({ ...MAIN, 'tokenhub.config.yaml': 'budgets: [' }, { [junit]: 'forged' }, 'change');
    const [code, tests] = [codequality, junit].map((file) => join(repository.workspace, file));
    symlinkSync('prompts/a.md', code!);
    const env = { GITLAB_CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: headOf(repository, 'origin/main') };
    expect(bash(script.join('\n'), repository.workspace, withTools(env, tools())).status).toBe(2);
    expect([code, tests].map((file) => existsSync(file!))).toEqual([false, false]);
  });
});

describe('the job that looks at the ledger', () => {
  test('imports what is there, and judges the budgets on the ledger alone', () => {
    const [{ run }] = scriptsOf('github-ledger.yml') as [{ run: string }];
    const now = new Date().toISOString();
    const workspace = folderWith({
      'tokenhub.config.yaml': `${CONFIG}  - { name: month, period: month, max: 10 tokens }\n`,
      'usage/a.csv': `timestamp,model,provider,input_tokens,output_tokens\n${now},qwen3-max,alibaba,9,2\n`,
    });
    const env = withTools(runnerEnv({ workspace }, ''), tools({ npm: '#!/bin/bash\n' }));
    const { status, stdout } = bash(run, workspace, { ...env, GITHUB_BASE_REF: '' });
    expect(status).toBe(1);
    expect(stdout).toContain('TH001 month');
    expect(stdout).not.toContain('TH004');
    expect(outputsIn(env.GITHUB_OUTPUT!)).toMatchObject({ passed: 'false', errors: '1' });
  });
});

/** Stands in for gh: writes down what it is asked, and answers as GitHub would. */
const GH = `#!/bin/bash
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
  *'/pulls -f'*) printf '%s' "$FOUND" ;;
  'run download'*) [[ -n $REPORT ]] || exit 1; cp -P "$REPORT" "\${@: -1}/tokenhub-report.md" ;;
  *'/comments --jq'*) printf '%s' "$COMMENT" ;;
esac
`;
const REPORT = '<!-- tokenhub-check -->\n### Token budgets: failed\n';

interface Answers {
  /** Of the open pull request, as GitHub finds it. */
  readonly found?: string;
  /** `null`: there is none. */
  readonly report?: string | Uint8Array | null;
  /** Id of the comment of before. */
  readonly comment?: string;
  readonly branch?: string;
}

/** What gh is asked by the last script of a workflow. */
function comment(name: string, { found = '7', report = REPORT, comment = '', branch = 'change' }: Answers) {
  const { run, env: named } = scriptsOf(name).at(-1)!;
  const folder = folderWith({
    calls: '',
    ...(report === null ? {} : { report, 'temporary/tokenhub-report.md': report }),
  });
  mkdirSync(join(folder, 'temporary'), { recursive: true });
  const env = {
    CALLS: join(folder, 'calls'),
    FOUND: found,
    COMMENT: comment,
    REPORT: report === null ? '' : join(folder, 'report'),
    GITHUB_REPOSITORY: 'acme/app',
    RUNNER_TEMP: join(folder, 'temporary'),
    ...{ GH_TOKEN: 't', NUMBER: '7', RUN_ID: '42', HEAD_OWNER: 'someone', HEAD_BRANCH: branch, HEAD_SHA: 'abc' },
  };
  expect(Object.keys(env)).toEqual(expect.arrayContaining(Object.keys(named!)));
  const { status } = bash(run, folder, withTools(env, tools({ gh: GH })));
  const calls = readFileSync(join(folder, 'calls'), 'utf8').split('\n').slice(0, -1);
  return { status, calls, folder, posted: calls.filter((call) => /POST|PATCH/.test(call)) };
}

describe.each(COMMENTING)('the job of %s', (name) => {
  test('knows the report by its first line', () => {
    expect(scriptsOf(name).at(-1)!.run).toContain(`startswith("${COMMENT_MARK}")`);
    expect(REPORT.startsWith(`${COMMENT_MARK}\n`)).toBe(true);
  });

  test('posts the report to its pull request', () => {
    const { status, posted } = comment(name, {});
    expect(status).toBe(0);
    expect(posted).toEqual([
      expect.stringMatching(/^api --method POST repos\/acme\/app\/issues\/7\/comments -F body=@/),
    ]);
  });

  test('replaces its comment of before', () => {
    expect(comment(name, { comment: '99\n' }).posted).toEqual([
      expect.stringMatching(/^api --method PATCH repos\/acme\/app\/issues\/comments\/99 -F body=@/),
    ]);
  });

  test('posts nothing when there is no report', () => {
    expect(comment(name, { report: null })).toMatchObject({ status: 0, posted: [] });
  });
});

describe('the job that comments on pull requests of forks', () => {
  const name = 'github-comment.yml';

  test('finds the pull request by the head that the event names', () => {
    const { calls } = comment(name, {});
    expect(calls[0]).toContain('repos/acme/app/pulls -f state=open -f head=someone:change');
    expect(calls[1]).toMatch(/^run download 42 --repo acme\/app --name tokenhub-report/);
  });

  test.each([
    ['no open pull request has the commit', { found: '' }, 0],
    ['the number is none', { found: '7/../8' }, 0],
    ['the report is no report', { report: 'hello\n' }, 1],
    ['the report is larger than a comment may be', { report: `${REPORT}${'x'.repeat(65_536)}` }, 1],
    [
      'the report has more bytes than a comment may have',
      { report: Buffer.concat([Buffer.from(REPORT), Buffer.alloc(262_144, 0xff)]) },
      1,
    ],
  ] as const)('posts nothing when %s', (_, answers, status) => {
    expect(comment(name, answers)).toMatchObject({ status, posted: [] });
  });

  test('posts a report whose names are Chinese, which has more bytes than characters', async () => {
    const files = Array.from({ length: 250 }, (_, n) => [`prompts/${'提示词'.repeat(25)}${n}.md`, tokens(101)]);
    const { path, tokenhub } = scene({ 'tokenhub.config.yaml': CONFIG, ...Object.fromEntries(files) });
    expect((await tokenhub('check', '-o', 'r.md')).exitCode).toBe(1);
    const report = readFileSync(path('r.md'), 'utf8');
    expect(report.length).toBeLessThan(60_000);
    expect(Buffer.byteLength(report)).toBeGreaterThan(65_536);
    expect(comment(name, { report })).toMatchObject({ status: 0, posted: [expect.stringMatching(/POST/)] });
  });

  test.each(['$(touch x)', '"; touch x; "', '`touch x`'])('runs nothing of a branch called %s', (branch) => {
    const { status, calls, folder } = comment(name, { branch });
    expect(status).toBe(0);
    expect(calls[0]).toContain(`head=someone:${branch}`);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

const headOf = ({ workspace }: Repository, ref: string): string =>
  bash(`git rev-parse ${ref}`, workspace, {}).stdout.trim();

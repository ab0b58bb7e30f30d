import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../files/folder.js';
import { bin } from '../smoke/program.js';
import { bash, outputsIn, pullRequest, type Repository, root, runnerEnv, yamlOf } from './runner.js';

/** `n` tokens in every encoding. */
const tokens = (n: number): string => `a${' a'.repeat(n - 1)}\n`;

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const guide = readFileSync(join(root, 'docs/guide.md'), 'utf8');
const FILES = readdirSync(join(root, 'docs/ci'));
const WORKFLOWS = FILES.filter((name) => name.startsWith('github'));

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

const withTools = (env: Record<string, string>, folder: string) => ({ ...env, PATH: `${folder}:${process.env.PATH}` });

/** The steps of the one job of a workflow that run a script. */
const scriptsOf = (name: string): { run: string; env?: Record<string, string> }[] =>
  Object.values<{ steps: { run?: string }[] }>(yamlOf(`docs/ci/${name}`).jobs)
    .flatMap(({ steps }) => steps)
    .filter((step): step is { run: string } => step.run !== undefined);

describe('the files of docs/ci', () => {
  test.each(WORKFLOWS)('%s is a workflow whose token may do no more than it needs', (name) => {
    const workflow = yamlOf(`docs/ci/${name}`);
    expect(workflow.permissions).toEqual(
      name === 'github-comment.yml' || name === 'github-same-repository.yml'
        ? expect.objectContaining({ 'pull-requests': 'write' })
        : { contents: 'read' },
    );
    expect(workflow.on ?? workflow[true as never]).toBeDefined();
    for (const { run } of scriptsOf(name)) expect(run).not.toContain('${{');
  });

  test.each(FILES)('%s is in the guide as it stands, and names this version', (name) => {
    const text = readFileSync(join(root, 'docs/ci', name), 'utf8');
    expect(guide).toContain(`ci/${name}`);
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

  test('passes within the limits, and fails over them, with the report of both', () => {
    for (const [size, status] of [
      [95, 0],
      [130, 1],
    ] as const) {
      const repository = pullRequest(MAIN, { 'prompts/a.md': tokens(size) }, 'change');
      const result = bash(run, repository.workspace, withTools(runnerEnv(repository, 'change'), tools()));
      expect(result.status).toBe(status);
      expect(existsSync(join(repository.workspace, 'tokenhub-report.md'))).toBe(true);
    }
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

describe('the job that comments', () => {
  const [{ run, env: named }] = scriptsOf('github-comment.yml') as [{ run: string; env: Record<string, string> }];
  const REPORT = '<!-- tokenhub-check -->\n### Token budgets: failed\n';

  /** Stands in for gh: writes down what it is asked, and answers as GitHub would. */
  const GH = `#!/bin/bash
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
  *'/pulls -f'*) printf '%s' "$NUMBER" ;;
  'run download'*) [[ -n $REPORT ]] || exit 1; cp -P "$REPORT" "\${@: -1}/tokenhub-report.md" ;;
  *'/comments --jq'*) printf '%s' "$COMMENT" ;;
esac
`;

  /** What gh is asked in a run for this pull request, report and comment. */
  function comment(answers: { number?: string; report?: string | null; comment?: string; branch?: string }) {
    const { number = '7', report = REPORT, comment = '', branch = 'change' } = answers;
    const folder = folderWith({ calls: '', ...(report === null ? {} : { report }) });
    mkdirSync(join(folder, 'temporary'));
    const env = {
      CALLS: join(folder, 'calls'),
      NUMBER: number,
      COMMENT: comment,
      REPORT: report === null ? '' : join(folder, 'report'),
      GITHUB_REPOSITORY: 'acme/app',
      RUNNER_TEMP: join(folder, 'temporary'),
      ...{ GH_TOKEN: 't', RUN_ID: '42', HEAD_OWNER: 'someone', HEAD_BRANCH: branch, HEAD_SHA: 'abc' },
    };
    expect(Object.keys(env)).toEqual(expect.arrayContaining(Object.keys(named)));
    const { status } = bash(run, folder, withTools(env, tools({ gh: GH })));
    const calls = readFileSync(join(folder, 'calls'), 'utf8').split('\n').slice(0, -1);
    return { status, calls, folder };
  }

  test('posts the report to the pull request whose head the event names', () => {
    const { status, calls } = comment({});
    expect(status).toBe(0);
    expect(calls[0]).toContain('repos/acme/app/pulls -f state=open -f head=someone:change');
    expect(calls[1]).toMatch(/^run download 42 --repo acme\/app --name tokenhub-report/);
    expect(calls.at(-1)).toMatch(/^api --method POST repos\/acme\/app\/issues\/7\/comments -F body=@/);
  });

  test('replaces its comment of before', () => {
    expect(comment({ comment: '99\n' }).calls.at(-1)).toMatch(
      /^api --method PATCH repos\/acme\/app\/issues\/comments\/99 -F body=@/,
    );
  });

  test.each([
    ['no open pull request has the commit', { number: '' }, 0],
    ['the number is none', { number: '7/../8' }, 0],
    ['the run has no report', { report: null }, 0],
    ['the report is no report', { report: 'hello\n' }, 1],
    ['the report is larger than a comment may be', { report: `${REPORT}${'x'.repeat(65_000)}` }, 1],
  ] as const)('posts nothing when %s', (_, answers, exitCode) => {
    const { status, calls } = comment(answers);
    expect(status).toBe(exitCode);
    expect(calls.filter((call) => /POST|PATCH/.test(call))).toEqual([]);
  });

  test.each(['$(touch x)', '"; touch x; "', '`touch x`'])('runs nothing of a branch called %s', (branch) => {
    const { status, calls, folder } = comment({ branch });
    expect(status).toBe(0);
    expect(calls[0]).toContain(`head=someone:${branch}`);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

const headOf = ({ workspace }: Repository, ref: string): string =>
  bash(`git rev-parse ${ref}`, workspace, {}).stdout.trim();

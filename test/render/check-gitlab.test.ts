import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gitlabReport } from '../../src/render/check-gitlab.js';
import type { CheckReport } from '../../src/render/check-report.js';
import { verdict } from '../budget/budgets.js';
import type { Body } from '../cli/scene.js';
import { checkReport, hostileReport, ok } from './check-reports.js';
import { gitlabProblems } from './report-schemas.js';

const issuesOf = (report: CheckReport): Body[] => JSON.parse(gitlabReport(report));

describe('the Code Quality report of a check', () => {
  test('has an issue for whatever is not within its limits, with what to do', () => {
    const issues = issuesOf(checkReport([ok(), verdict({ line: 3 })]));
    expect(gitlabProblems(issues)).toEqual([]);
    expect(issues).toEqual([
      {
        description:
          'prompts: a.md: 1,200 tokens, 200 over the limit of 1,000; shorten a.md, or raise `max` at tokenhub.config.yaml:7',
        check_name: 'TH001',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        severity: 'critical',
        location: { path: 'packages/chat/a.md', lines: { begin: 3 } },
      },
    ]);
  });

  test.each<[string, (issue: Body) => void]>([
    ['no fingerprint', (issue) => delete issue.fingerprint],
    ['a severity it does not know', (issue) => Object.assign(issue, { severity: 'error' })],
    ['a line of 0', (issue) => Object.assign(issue.location.lines, { begin: 0 })],
    ['a path that begins with ./', (issue) => Object.assign(issue.location, { path: './a.md' })],
    ['the fingerprint of another', (issue) => Object.assign(issue, { fingerprint: 'same' })],
  ])('would not be valid with %s', (_, breakIt) => {
    const issues = issuesOf(checkReport([verdict(), verdict({ path: 'b.md' })]));
    Object.assign(issues[0], { fingerprint: 'same' });
    breakIt(issues[1]);
    expect(gitlabProblems(issues)).not.toEqual([]);
  });

  test('says how serious each is: unknown less than a breach, a warning less than both', () => {
    const unknown = verdict({ level: 'unknown', code: 'TH101', path: null });
    const all = [verdict(), unknown, verdict({ level: 'warn', code: 'TH002' })];
    expect(issuesOf(checkReport(all)).map(({ severity }) => severity)).toEqual(['critical', 'major', 'minor']);
    const leniency = { failOn: 'error', allowUnknown: true } as const;
    expect(issuesOf(checkReport([unknown], { leniency }))[0].severity).toBe('info');
  });

  test('tells two equal findings apart, in every run alike', () => {
    const report = checkReport([verdict(), verdict()]);
    const [first, second] = issuesOf(report).map(({ fingerprint }) => fingerprint);
    expect(first).not.toBe(second);
    expect(issuesOf(checkReport([verdict()]))[0].fingerprint).toBe(first);
  });

  test('is an empty list where all is within its limits', () => {
    expect(gitlabReport(checkReport([ok()]))).toBe('[]\n');
  });

  test('is valid whatever the names are', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        expect(gitlabProblems(issuesOf(report))).toEqual([]);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { junitReport } from '../../src/render/check-junit.js';
import { verdict } from '../budget/budgets.js';
import { checkReport, hostileReport, ok } from './check-reports.js';
import { junitProblems } from './report-schemas.js';

const REPORT = checkReport([
  verdict(),
  ok({ path: 'b.md' }),
  verdict({ path: 'c.md', level: 'warn', code: 'TH002', message: 'c.md: near', hint: '' }),
  verdict({ budget: 'month', path: null, level: 'unknown', code: 'TH103', message: 'nothing', hint: 'import' }),
]);

describe('JUnit XML of a check', () => {
  test('has a suite per budget and a case per verdict', () => {
    expect(junitReport(REPORT)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="tokenhub check" tests="4" failures="1" errors="1">
  <testsuite name="prompts" tests="3" failures="1" errors="0">
    <testcase name="a.md" classname="prompts">
      <failure type="TH001" message="a.md: 1,200 tokens, 200 over the limit of 1,000">TH001
a.md: 1,200 tokens, 200 over the limit of 1,000
shorten a.md, or raise \`max\` at tokenhub.config.yaml:7</failure>
    </testcase>
    <testcase name="b.md" classname="prompts"/>
    <testcase name="c.md" classname="prompts">
      <system-out>TH002
c.md: near</system-out>
    </testcase>
  </testsuite>
  <testsuite name="month" tests="1" failures="0" errors="1">
    <testcase name="total" classname="month">
      <error type="TH103" message="nothing">TH103
nothing
import</error>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('is valid', async () => {
    expect(await junitProblems(junitReport(REPORT))).toEqual([]);
  });

  test.each([
    ['an attribute it does not know', 'classname=', 'class-name='],
    ['no name', '<testcase name="a.md"', '<testcase'],
    ['an element it does not know', /failure/g, 'breach'],
    ['a character that XML has no place for', 'near', 'ne\u0001ar'],
    ['a bare ampersand', 'near', 'ne&ar'],
  ])('would not be valid with %s', async (_, from, to) => {
    const broken = junitReport(REPORT).replace(from, to);
    expect(broken).not.toBe(junitReport(REPORT));
    expect(await junitProblems(broken)).not.toEqual([]);
  });

  test('has a failure for a warning that fails the check, and none for an error that does not', () => {
    const warning = verdict({ level: 'warn', code: 'TH002' });
    const strict = checkReport([warning], { leniency: { failOn: 'warn', allowUnknown: false } });
    expect(junitReport(strict)).toContain('failures="1"');
    const never = checkReport([verdict()], { leniency: { failOn: 'never', allowUnknown: false } });
    expect(junitReport(never)).toContain('failures="0"');
  });

  test('numbers the cases of one name, of which GitLab would read the first alone', () => {
    const report = checkReport([verdict(), verdict({ code: 'TH007' }), ok({ path: 'a.md (2)' }), ok()]);
    expect(Array.from(junitReport(report).matchAll(/<testcase name="([^"]*)"/g), ([, name]) => name)).toEqual([
      'a.md',
      'a.md (2)',
      'a.md (2) (2)',
      'a.md (3)',
    ]);
  });

  test('is valid whatever the names are', async () => {
    const reports = fc.sample(hostileReport, 100).map(junitReport);
    expect(await junitProblems(...reports)).toEqual([]);
  });
});

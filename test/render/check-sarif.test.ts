import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../src/render/check-report.js';
import { sarifLog } from '../../src/render/check-sarif.js';
import { verdict } from '../budget/budgets.js';
import type { Body } from '../cli/scene.js';
import { checkReport, hostileReport, ok } from './check-reports.js';
import { sarifProblems } from './report-schemas.js';

const logOf = (report: CheckReport): Body => JSON.parse(sarifLog(report, '1.2.3'));
const resultsOf = (report: CheckReport): Body[] => logOf(report).runs[0].results;

describe('SARIF of a check', () => {
  test('is valid, and has a result for whatever is not within its limits', () => {
    const log = logOf(
      checkReport([verdict(), ok(), verdict({ level: 'warn', code: 'TH002' })], { notes: ['no ledger'] }),
    );
    expect(sarifProblems(log)).toEqual([]);
    expect(log.runs[0].results.map(({ ruleId, level }: Body) => [ruleId, level])).toEqual([
      ['TH001', 'error'],
      ['TH002', 'warning'],
    ]);
  });

  test.each<[string, (log: Body) => void]>([
    [
      'another version',
      (log) => {
        log.version = '2.0.0';
      },
    ],
    [
      'a line of 0',
      (log) => {
        log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
      },
    ],
    [
      'a level it does not know',
      (log) => {
        log.runs[0].results[0].level = 'fatal';
      },
    ],
    [
      'no message',
      (log) => {
        delete log.runs[0].results[0].message;
      },
    ],
    [
      'a member it does not know',
      (log) => {
        log.runs[0].results[0].figures = {};
      },
    ],
    [
      'a URI that is none',
      (log) => {
        log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b';
      },
    ],
  ])('would not be valid with %s', (_, breakIt) => {
    const log = logOf(checkReport([verdict()]));
    breakIt(log);
    expect(sarifProblems(log)).not.toEqual([]);
  });

  test('has a rule for every code, which results point to', () => {
    const { tool, results } = logOf(checkReport([verdict({ code: 'TH007' })])).runs[0];
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe('TH007');
    expect(tool.driver.rules.every((rule: Body) => rule.help.text !== '')).toBe(true);
  });

  test('names files from the top of the repository, as URIs', () => {
    const [result] = resultsOf(checkReport([verdict({ path: 'a b/ü#?%:\n.md', line: 4 })]));
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    expect(artifactLocation).toEqual({
      uri: 'packages/chat/a%20b/%C3%BC%23%3F%25%3A%0A.md',
      uriBaseId: '%SRCROOT%',
    });
    expect(region).toEqual({ startLine: 4 });
  });

  test('shows what is about no file at the budget in the config', () => {
    const place = { file: '../tokenhub.config.yaml', line: 9 };
    const [result] = resultsOf(checkReport([verdict({ path: null, place })]));
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('packages/tokenhub.config.yaml');
    expect(result.locations[0].physicalLocation.region.startLine).toBe(9);
  });

  test('has a location in every result, as code scanning refuses the log otherwise', () => {
    const outside = verdict({
      path: '../../../b.md',
      place: { file: 'command line', line: 1 },
      budget: '../../../b.md',
    });
    const [result] = resultsOf(checkReport([outside]));
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('b.md');
    const nameless = checkReport([{ ...outside, budget: './' }]);
    expect(resultsOf(nameless)[0].locations[0].physicalLocation.artifactLocation.uri).toBe('tokenhub');
  });

  test('has fingerprints that other figures, lines, messages and neighbours leave alone', () => {
    const printOf = (report: CheckReport) => resultsOf(report).at(-1).partialFingerprints['tokenhub/v1'];
    const before = printOf(checkReport([verdict()]));
    const other = verdict({
      measured: 5000n,
      line: 80,
      message: 'x',
      place: { file: 'tokenhub.config.yaml', line: 99 },
    });
    expect(printOf(checkReport([verdict({ path: 'b.md' }), other]))).toBe(before);
    expect(printOf(checkReport([verdict({ code: 'TH007' })]))).not.toBe(before);
  });

  test('is a warning for an error that fails nothing, and a note for an unknown that is let pass', () => {
    const leniency = { failOn: 'never', allowUnknown: true } as const;
    const unknown = verdict({ level: 'unknown', code: 'TH101' });
    expect(resultsOf(checkReport([verdict(), unknown], { leniency })).map(({ level }) => level)).toEqual([
      'warning',
      'note',
    ]);
    expect(resultsOf(checkReport([unknown]))[0].level).toBe('error');
  });

  test('is valid whatever the names are', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        expect(sarifProblems(logOf(report))).toEqual([]);
      }),
    );
  });
});

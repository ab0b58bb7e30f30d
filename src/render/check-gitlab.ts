/**
 * A check as a Code Quality report of GitLab.
 *
 * Source: GitLab Docs, "Code Quality", section "Code Quality report format"
 */

import type { Verdict } from '../budget/verdict.js';
import { fingerprintsOf } from './check-fingerprint.js';
import { anchorOf } from './check-location.js';
import type { CheckReport } from './check-report.js';
import { findingsOf, linesOf, severityOf } from './check-wording.js';
import { renderJson } from './json.js';
import { visible } from './visible.js';

/** Whatever is not within its limits. */
export function gitlabReport(report: CheckReport): string {
  const findings = findingsOf(report);
  const fingerprints = fingerprintsOf(findings, report.folders);
  return renderJson(findings.map((verdict, i) => issueOf(verdict, fingerprints[i]!, report)));
}

function issueOf(verdict: Verdict, fingerprint: string, report: CheckReport) {
  const { path, line } = anchorOf(verdict, report.folders);
  return {
    description: visible(`${verdict.budget}: ${linesOf(verdict).join('; ')}`),
    check_name: verdict.code,
    fingerprint,
    severity: gitlabSeverity(verdict, report),
    location: { path: visible(path), lines: { begin: line } },
  };
}

/** What fails because nobody knows is less serious than what is known to be over its limit. */
function gitlabSeverity(verdict: Verdict, { leniency }: CheckReport): 'info' | 'minor' | 'major' | 'critical' {
  const severity = severityOf(verdict, leniency);
  if (severity === 'error') return verdict.level === 'unknown' ? 'major' : 'critical';
  return severity === 'warning' ? 'minor' : 'info';
}

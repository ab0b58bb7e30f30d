/**
 * A check as SARIF 2.1.0, as code scanning reads it.
 *
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; GitHub Docs, "SARIF support for code
 * scanning"
 */

import { FINDINGS, type Finding } from '../budget/codes.js';
import type { Figure, Verdict } from '../budget/verdict.js';
import { exactFigure } from './check-figures.js';
import { fingerprintsOf } from './check-fingerprint.js';
import { anchorOf, type Location } from './check-location.js';
import type { CheckReport } from './check-report.js';
import { findingsOf, holderText, linesOf, severityOf } from './check-wording.js';
import { renderJson } from './json.js';
import { visible } from './visible.js';

const RULES = FINDINGS.filter(({ level }) => level !== 'ok');

/** Whatever is not within its limits. */
export function sarifLog(report: CheckReport, version: string): string {
  const findings = findingsOf(report);
  const fingerprints = fingerprintsOf(findings, report.folders);
  return renderJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tokenhub', version, semanticVersion: version, rules: RULES.map(ruleOf) } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.notes.map(notificationOf) }],
        columnKind: 'utf16CodeUnits',
        results: findings.map((verdict, i) => resultOf(verdict, fingerprints[i]!, report)),
      },
    ],
  });
}

const ruleOf = ({ code, title, level }: Finding) => ({
  id: code,
  shortDescription: { text: sentence(title) },
  fullDescription: { text: sentence(title) },
  help: { text: `${sentence(title)} To read more, type: tokenhub explain ${code}` },
  defaultConfiguration: { level: level === 'warn' ? 'warning' : 'error' },
});

const sentence = (title: string): string => `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;

const notificationOf = (note: string) => ({ level: 'note', message: { text: visible(note) } });

const resultOf = (verdict: Verdict, fingerprint: string, { folders, leniency }: CheckReport) => ({
  ruleId: verdict.code,
  ruleIndex: RULES.findIndex(({ code }) => code === verdict.code),
  kind: 'fail',
  level: severityOf(verdict, leniency),
  message: { text: linesOf(verdict).map(visible).join('\n') },
  // Code scanning refuses a whole log for one result without a location.
  locations: [physical(anchorOf(verdict, folders))],
  // `primaryLocationLineHash` is the uploader's own, which warns of every other value it finds there.
  partialFingerprints: { 'tokenhub/v1': fingerprint },
  properties: {
    budget: visible(verdict.budget),
    measured: figureOf(verdict.measured),
    limit: figureOf(verdict.limit),
    baseline: figureOf(verdict.baseline),
    delta: figureOf(verdict.delta),
    method: verdict.method,
    section: verdict.section?.map(visible) ?? null,
    quota: holderText(verdict) === null ? null : visible(holderText(verdict)!),
  },
});

const physical = ({ path, line }: Location) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
    region: { startLine: line },
  },
});

/** A reference relative to the top: what is no path segment of a URI is written as its UTF-8 bytes. */
const uriOf = (path: string): string =>
  path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');

/** `1200 tokens`. */
function figureOf(figure: Figure | null): string | null {
  if (figure === null) return null;
  const { number, measuredIn } = exactFigure(figure);
  return visible(`${number} ${measuredIn}`);
}

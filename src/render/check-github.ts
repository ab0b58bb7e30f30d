/**
 * A check as GitHub Actions reads it from a job's log: workflow commands that annotate files.
 *
 * Source: GitHub Docs, "Workflow commands for GitHub Actions"; actions/toolkit, packages/core/src/command.ts, and
 * docs/problem-matchers.md for the limits
 */

import type { Verdict } from '../budget/verdict.js';
import { locationOf } from './check-location.js';
import type { CheckReport } from './check-report.js';
import { findingsOf, linesOf, severityOf, verdictText } from './check-wording.js';
import { visible } from './visible.js';

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

interface Annotation {
  readonly command: (typeof COMMANDS)[keyof typeof COMMANDS];
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Of each command, as many as GitHub shows of a step; the last says how many more there are. */
const MOST = 10;

/** One line per annotation, errors first; then what a reader of the log wants to know beside them. */
export function githubCommands(report: CheckReport): string {
  const all = findingsOf(report).map((verdict) => annotationOf(verdict, report));
  const commands = Object.values(COMMANDS).flatMap((command) =>
    limited(all.filter((annotation) => annotation.command === command)),
  );
  return [...commands.map(commandText), ...report.notes.map(noteLine), verdictText(report)]
    .map((line) => `${line}\n`)
    .join('');
}

function annotationOf(verdict: Verdict, { folders, leniency }: CheckReport): Annotation {
  const location = locationOf(verdict, folders);
  return {
    command: COMMANDS[severityOf(verdict, leniency)],
    properties: {
      ...(location === null ? {} : { file: linesVisible(location.path), line: String(location.line) }),
      title: visible(`${verdict.code} ${verdict.budget}`),
    },
    message: linesOf(verdict).map(visible).join('\n'),
  };
}

/** A name may hold line breaks, which the escapes of a command keep; what else acts in a terminal is shown. */
const linesVisible = (path: string): string => path.split('\n').map(visible).join('\n');

function limited(annotations: readonly Annotation[]): readonly Annotation[] {
  if (annotations.length <= MOST) return annotations;
  const kept = annotations.slice(0, MOST - 1);
  const message = `${annotations.length - kept.length} more, see the summary of the job`;
  return [...kept, { command: kept[0]!.command, properties: { title: 'tokenhub' }, message }];
}

function commandText({ command, properties, message }: Annotation): string {
  const texts = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${command} ${texts.join(',')}::${escapedData(message)}`;
}

/** A line of the log that is no command: one begins with `::`, or has `##[` anywhere. */
const noteLine = (note: string): string => `note: ${visible(note)}`.replaceAll('##[', '## [');

const escapedData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string => escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

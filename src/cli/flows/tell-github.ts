/**
 * What a step of GitHub Actions leaves to the job: its summary, and outputs for later steps.
 *
 * Source: GitHub Docs, "Workflow commands for GitHub Actions", sections "Adding a job summary" and "Setting an output
 * parameter"
 */

import { appendFileSync, statSync } from 'node:fs';
import { cannotWrite } from '../../errors/command-line.js';
import type { ExitCode } from '../../errors/tokenhub-error.js';
import { checkComment } from '../../render/check-comment.js';
import type { CheckReport } from '../../render/check-report.js';
import { numberOf } from '../../render/check-wording.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';

/** Bytes GitHub takes of one step; a larger summary is refused as a whole. */
const LARGEST_SUMMARY = 1024 * 1024;

/** Appends to the files that the environment names, if any. */
export function tellGithub(io: Io, report: CheckReport, exitCode: ExitCode): void {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = io.env;
  if (summary) appendSummary(io, summary, checkComment(report));
  if (output) append(output, outputsText(report, exitCode));
}

function appendSummary(io: Io, file: string, text: string): void {
  const there = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (there + Buffer.byteLength(text) < LARGEST_SUMMARY) append(file, text);
  else warn(io, 'the summary of this step has no room left for the report');
}

/** No value, a number or a truth value, has this line in it. */
const END = 'END_OF_TOKENHUB_OUTPUT';

function outputsText({ verdicts, passed }: CheckReport, exitCode: ExitCode): string {
  const outputs = {
    passed,
    errors: numberOf(verdicts, 'error'),
    warnings: numberOf(verdicts, 'warn'),
    unknown: numberOf(verdicts, 'unknown'),
    'exit-code': exitCode,
  };
  return Object.entries(outputs)
    .map(([name, value]) => `${name}<<${END}\n${value}\n${END}\n`)
    .join('');
}

function append(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

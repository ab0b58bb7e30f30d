/** Where what a check found goes: its outputs, and the files a job of GitHub Actions hands to it. */

import type { ExitCode } from '../../errors/tokenhub-error.js';
import { repositoryRoot } from '../../files/git.js';
import { packageVersion } from '../../files/package-root.js';
import { checkBody } from '../../render/check-body.js';
import { checkComment } from '../../render/check-comment.js';
import { githubCommands } from '../../render/check-github.js';
import { gitlabReport } from '../../render/check-gitlab.js';
import { junitReport } from '../../render/check-junit.js';
import type { CheckReport, ReportFolders } from '../../render/check-report.js';
import { sarifLog } from '../../render/check-sarif.js';
import { checkSheet, checkTable } from '../../render/check-sheet.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import type { CheckOptions } from './check-options.js';
import { envelope } from './envelope.js';
import { tellGithub } from './tell-github.js';

export async function presentCheck(
  io: Io,
  options: CheckOptions,
  report: CheckReport,
  exitCode: ExitCode,
): Promise<void> {
  await present(io, options, {
    body: () => envelope('check', checkBody(report)),
    rows: () => checkBody(report).verdicts,
    sheet: () => checkSheet(report),
    sheets: () => [checkTable(report, options.verbose ? 'everything' : 'findings')],
    texts: {
      markdown: () => checkComment(report),
      github: () => githubCommands(report),
      sarif: () => sarifLog(report, packageVersion()),
      junit: () => junitReport(report),
      gitlab: () => gitlabReport(report),
    },
  });
  if (outputTargets(io, options).some(({ format }) => format === 'github')) tellGithub(io, report, exitCode);
}

/**
 * A repository of git has its top; what a job was given without one, the folder it works in.
 *
 * @param config  absolute folder that paths of verdicts are relative to
 */
export const reportFolders = (io: Io, config: string): ReportFolders => ({
  top: repositoryRoot(config) ?? (io.env.GITHUB_WORKSPACE || config),
  config,
  current: io.cwd,
});

import type { FileBudget } from '../../budget/file-budget.js';
import type { LedgerBudget } from '../../budget/ledger-budget.js';
import { type Leniency, passes, type Verdict } from '../../budget/verdict.js';
import { noBudgets } from '../../errors/config.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { instantOf } from '../../report/period.js';
import type { Io } from '../io.js';
import { checkWritable } from '../output.js';
import type { CheckOptions } from './check-options.js';
import { chooseBudgets } from './choose-budgets.js';
import { keepFilesOfLedger } from './imported-files.js';
import { judgeFileBudgets } from './judge-files.js';
import { judgeLedgerBudgets } from './judge-ledger.js';
import { presentCheck, reportFolders } from './present-check.js';
import { loadSettings, type Settings } from './settings.js';

/** Judges the budgets of the config, or the one that is typed. */
export async function checkFlow(io: Io, _paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  checkWritable(io, options);
  const settings = await loadSettings(io, options);
  await keepFilesOfLedger(io, options, settings.ledger);
  const { budgets: all, file } = settings.config;
  if (all.length === 0) throw noBudgets(file);
  const budgets = chooseBudgets(all, options);
  const ofFiles = await judgeFileBudgets(budgets.filter((budget): budget is FileBudget => budget.kind === 'files'));
  const ofLedger = await judgeLedgerBudgets(
    io,
    budgets.filter((budget): budget is LedgerBudget => budget.kind === 'ledger'),
    settings,
    instantAsked(io, options, settings),
  );
  const verdicts = budgets.flatMap((budget) => ofFiles.get(budget) ?? ofLedger.get(budget) ?? []);
  const leniency = { failOn: options.failOn, allowUnknown: options.allowUnknown ?? false };
  const report = {
    verdicts,
    passed: verdicts.every(({ level }) => passes(level, leniency)),
    leniency,
    notes: [],
    folders: reportFolders(io, settings.config),
  };
  const exitCode = exitCodeOf(verdicts, leniency);
  await presentCheck(io, options, report, exitCode);
  return exitCode;
}

const instantAsked = (io: Io, { at }: CheckOptions, { timeZone }: Settings): number =>
  at === undefined ? io.now() : instantOf({ flag: '--at', text: at, plusDays: 0, timeZone });

/** A breach outranks an unknown, because unpriced usage can only add to it. */
function exitCodeOf(verdicts: readonly Verdict[], leniency: Leniency): ExitCode {
  const failing = verdicts.filter(({ level }) => !passes(level, leniency));
  if (failing.some(({ level }) => level !== 'unknown')) return ExitCode.breached;
  return failing.length === 0 ? ExitCode.ok : ExitCode.noHonestAnswer;
}

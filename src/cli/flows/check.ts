import type { Budget, LedgerBudget, Verdict } from '../../budget/budget.js';
import { judgeLedger, judgeNoLedger } from '../../budget/judge-ledger.js';
import { judgeQuotas } from '../../budget/judge-quotas.js';
import { passes } from '../../budget/verdict.js';
import { noBudgets } from '../../errors/config.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { checkBody } from '../../render/check-body.js';
import { checkSheet } from '../../render/check-sheet.js';
import { instantOf } from '../../report/period.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { warn } from '../say.js';
import { withDatedHint } from './dated-hint.js';
import { envelope } from './envelope.js';
import { keepFilesOfLedger } from './imported-files.js';
import { judgeFiles } from './judge-files.js';
import { measureLedger, windowOfBudget } from './measure-ledger.js';
import { hasRules, loadSettings, rulesOf, type Settings } from './settings.js';

export interface CheckOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly at?: string;
  readonly tz?: string;
  readonly allowUnknown?: boolean;
}

export async function checkFlow(io: Io, options: CheckOptions): Promise<ExitCode> {
  outputTargets(options);
  const settings = await loadSettings(io, options);
  const { budgets, file } = settings.config;
  if (budgets.length === 0) throw noBudgets(file);
  await keepFilesOfLedger(io, options, settings.ledger);
  const at =
    options.at === undefined
      ? io.now()
      : instantOf({ flag: '--at', text: options.at, plusDays: 0, timeZone: settings.timeZone });
  const found = new Map<Budget, readonly Verdict[]>();
  for (const budget of budgets) if (budget.kind === 'files') found.set(budget, await judgeFiles(budget));
  await judgeLedgerBudgets(io, settings, at, found);
  const verdicts = budgets.flatMap((budget) => found.get(budget) ?? []);
  const allow = { allowUnknown: options.allowUnknown ?? false };
  const passed = verdicts.every(({ level }) => passes(level, allow));
  await present(io, options, {
    body: () => envelope('check', checkBody(verdicts, passed)),
    rows: () => checkBody(verdicts, passed).verdicts,
    sheet: () => checkSheet(verdicts, passed),
  });
  return exitCodeOf(verdicts, allow);
}

/** A breach outranks an unknown, because unpriced usage can only add to it. */
function exitCodeOf(verdicts: readonly Verdict[], allow: { readonly allowUnknown: boolean }): ExitCode {
  if (verdicts.some(({ level }) => level === 'error')) return ExitCode.breached;
  return verdicts.every(({ level }) => passes(level, allow)) ? ExitCode.ok : ExitCode.noHonestAnswer;
}

async function judgeLedgerBudgets(
  io: Io,
  { config, ledger: at, timeZone }: Settings,
  instant: number,
  found: Map<Budget, readonly Verdict[]>,
): Promise<void> {
  const budgets = config.budgets.filter((budget): budget is LedgerBudget => budget.kind === 'ledger');
  if (budgets.length === 0) return;
  if (!at.exists) {
    for (const budget of budgets) found.set(budget, [judgeNoLedger(budget)]);
    return;
  }
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  await ledger.snapshot(async () => {
    if (hasRules(config)) await warnIfStale(io, ledger, rulesOf(config).hash);
    for (const budget of budgets) {
      const measured = await measureLedger(ledger, budget, {
        at: instant,
        timeZone,
        known: unitNames(config),
        units: config.units,
        models: config.models,
      });
      const verdicts = budget.each === null ? [judgeLedger(budget, measured.all)] : judgeQuotas(budget, measured);
      const window = windowOfBudget(budget, { at: instant, timeZone });
      found.set(
        budget,
        verdicts.map((verdict) => withDatedHint(verdict, window, config.timeZone)),
      );
    }
  });
}

/** Units the config defines or assigns. */
const unitNames = ({ units, rules }: Settings['config']): string[] => [
  ...units.map(({ id }) => id),
  ...rules.map(({ unit }) => unit),
];

async function warnIfStale(io: Io, ledger: Ledger, hash: string): Promise<void> {
  const stale = staleRulesWarning(hash, (await ledger.appliedRules())?.hash ?? null);
  if (stale !== null) warn(io, stale);
}

import { dirname } from 'node:path';
import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/files/file-budget.js';
import type { LedgerBudget } from '../../budget/ledger/ledger-budget.js';
import { type Leniency, passes, type Verdict } from '../../budget/verdict.js';
import { noBudgets } from '../../errors/config.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { instantOf } from '../../report/period.js';
import type { Io } from '../io.js';
import { checkWritable, outputFiles } from '../output.js';
import { say } from '../say.js';
import { budgetsInForce, judgeLoosened, withLoosened } from './budgets-in-force.js';
import type { CheckOptions } from './check-options.js';
import { checkSettings } from './check-settings.js';
import { chooseBudgets } from './choose-budgets.js';
import { type Comparing, comparisonOf, comparisonWithBase, refuseUpdates } from './comparison.js';
import { type FoundBase, findBase } from './find-base.js';
import { judgeFileBudgets } from './judge-files.js';
import { presentCheck, reportFolders } from './present-check.js';
import { listsOf, listsOfNow, withPriceChanges } from './price-changes.js';
import { loadSettings, priceFilesOf, type Settings } from './settings.js';
import { type TypedBudget, typedBudget } from './typed-budget.js';

/** Judges the budgets of the config, or the one that is typed. */
export async function checkFlow(io: Io, paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  checkWritable(io, options);
  refuseUpdates(options);
  const typed = await typedBudget(io, paths, options);
  return typed === null ? checkConfig(io, options) : checkTyped(io, typed, options);
}

/** Whatever the config says, and whether or not it can be read; only a limit that depends on prices asks for those in it. */
async function checkTyped(io: Io, { budget, piped }: TypedBudget, options: CheckOptions): Promise<ExitCode> {
  const found = findBase(io, io.cwd, options.base);
  const { verdicts, notes } = await judgeFileBudgets(
    io,
    [budget],
    { ...options, piped },
    {
      compare: comparisonWithBase(found),
      limits: async () => {
        const settings = await loadSettings(io, options);
        const lists = listsOfNow(settings);
        return { at: instantAsked(io, options, settings), listsOf: () => lists };
      },
    },
  );
  return answer(io, options, { verdicts: verdicts.get(budget)!, notes, folder: io.cwd });
}

async function checkConfig(io: Io, options: CheckOptions): Promise<ExitCode> {
  const settings = await checkSettings(io, options);
  await keepFiles(io, options, settings);
  const { file } = settings.config;
  const found = findBase(io, file === null ? io.cwd : dirname(file), options.base);
  if (options.verbose) say(io, `base: ${found.base?.name ?? 'none'}`);
  const instant = instantAsked(io, options, settings);
  const now = listsOfNow(settings);
  const limits = await budgetsInForce(io, settings.config, found, options);
  const inForce = await withPriceChanges(limits, now, instant, options);
  if (inForce.budgets.length === 0) throw noBudgets(file);
  const budgets = chooseBudgets(inForce.budgets, options);
  const onFiles = budgets.filter((budget): budget is FileBudget => budget.kind === 'files');
  const ofFiles = await judgeFileBudgets(io, onFiles, options, {
    compare: await comparisonOf(io, options, comparingOf(settings, found, { all: inForce.budgets, judged: onFiles })),
    limits: async () => ({ at: instant, listsOf: listsOf(inForce, now) }),
  });
  const onLedger = budgets.filter((budget): budget is LedgerBudget => budget.kind === 'ledger');
  const hasEnded = (options.failFast ?? false) && hasError([...ofFiles.verdicts.values()].flat());
  const ofLedger = await judgeLedger(io, hasEnded ? [] : onLedger, settings, instant);
  const verdictsOn = (budget: Budget) => ofFiles.verdicts.get(budget) ?? ofLedger.get(budget) ?? [];
  const left = hasEnded && onLedger.length > 0 ? [LEDGER_LEFT] : [];
  return answer(io, options, {
    verdicts: withLoosened(budgets, verdictsOn, judgeLoosened(inForce, found, options)),
    notes: [...inForce.notes, ...ofFiles.notes, ...left],
    folder: file === null ? io.cwd : dirname(file),
  });
}

/** What is compared, and what a baseline must not replace. */
function comparingOf(
  { config, ledger }: Settings,
  found: FoundBase,
  { all, judged }: { readonly all: readonly Budget[]; readonly judged: readonly FileBudget[] },
): Comparing {
  const names = all.filter(({ kind }) => kind === 'files').map(({ name }) => name);
  const kept = [config.file, ...config.included, ledger.path, ...priceFilesOf(config)];
  return { found, config: config.file, names: new Set(names), judged, kept };
}

/** What reads the ledger is loaded where it is asked. */
async function judgeLedger(io: Io, budgets: readonly LedgerBudget[], settings: Settings, instant: number) {
  if (budgets.length === 0) return new Map<Budget, readonly Verdict[]>();
  return (await import('./judge-ledger.js')).judgeLedgerBudgets(io, budgets, settings, instant);
}

async function keepFiles(io: Io, options: CheckOptions, { ledger }: Settings): Promise<void> {
  if (outputFiles(io, options).length === 0) return;
  await (await import('./imported-files.js')).keepFilesOfLedger(io, options, ledger);
}

const LEDGER_LEFT = 'ended at the first error (--fail-fast): budgets on the ledger were not judged';

const hasError = (verdicts: readonly Verdict[]): boolean => verdicts.some(({ level }) => level === 'error');

interface Found {
  readonly verdicts: readonly Verdict[];
  readonly notes: readonly string[];
  /** Absolute; what paths of the verdicts are relative to. */
  readonly folder: string;
}

async function answer(io: Io, options: CheckOptions, { verdicts, notes, folder }: Found): Promise<ExitCode> {
  const leniency = { failOn: options.failOn, allowUnknown: options.allowUnknown ?? false };
  const passed = verdicts.every(({ level }) => passes(level, leniency));
  const exitCode = exitCodeOf(verdicts, leniency);
  await presentCheck(io, options, { verdicts, passed, leniency, notes, folders: reportFolders(io, folder) }, exitCode);
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

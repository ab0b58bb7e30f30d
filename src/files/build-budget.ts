import type { Budget, WarnLimit } from '../budget/budget.js';
import { parseWarn } from '../budget/limit.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { ONLY_FILES, ONLY_LEDGER, type RawBudget } from './budget-schema.js';
import { buildFileBudget } from './build-file-budget.js';
import { buildLedgerBudget } from './build-ledger-budget.js';
import type { ConfigPath, ConfigSource } from './config-source.js';

/** What the builders of both kinds of budget are given. */
export interface BudgetMaking {
  readonly base: Pick<Budget, 'name' | 'warn' | 'level' | 'place'>;
  /** Absolute folder of the config. */
  readonly root: string;
  /** Absolute folder of the config that the command reads, which may include this one. */
  readonly shownFrom: string;
  /** Reads a limit; what is wrong with it is told at its field. */
  readonly parsed: <T>(field: Field, parse: () => T) => T;
  readonly wrong: (field: Field, message: string, hint: string) => TokenhubError;
}

type Field = keyof RawBudget;

/**
 * A budget on files when it has `paths`, on the ledger when it has a `period`.
 *
 * @throws BAD_CONFIG, BAD_LIMIT
 */
export function buildBudget(raw: RawBudget, path: ConfigPath, source: ConfigSource): Budget {
  const wrong = (field: Field, message: string, hint: string) => source.wrong([...path, field], message, hint);
  if (raw.paths === undefined && raw.period === undefined) {
    throw source.wrong(
      path,
      'is a budget on nothing',
      'add paths for a budget on files, or period (day, week, month, quarter, 30 days) for one on the ledger',
    );
  }
  const foreign = (raw.paths === undefined ? ONLY_FILES : ONLY_LEDGER).find((field) => raw[field] !== undefined);
  if (foreign !== undefined) {
    const kind = raw.paths === undefined ? 'the ledger' : 'files';
    throw wrong(foreign, `does not belong to a budget on ${kind}`, 'remove it, or make it two budgets');
  }
  const parsed = <T>(field: Field, parse: () => T): T => {
    try {
      return parse();
    } catch (cause) {
      throw cause instanceof TokenhubError ? cause.at(source.placeOf([...path, field])) : cause;
    }
  };
  const warn: WarnLimit | null = raw.warn === undefined ? null : parsed('warn', () => parseWarn(raw.warn!));
  const place = { file: source.shown, line: source.lineOf(path) };
  const base = { name: raw.name, warn, level: raw.level ?? 'error', place };
  const making: BudgetMaking = { base, root: source.folder, shownFrom: source.shownFrom, parsed, wrong };
  return raw.paths === undefined ? buildLedgerBudget(raw, making) : buildFileBudget(raw, making);
}

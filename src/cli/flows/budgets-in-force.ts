import { dirname } from 'node:path';
import type { Budget, BudgetPlace } from '../../budget/budget.js';
import { judgeLimitChange } from '../../budget/judge-limit-change.js';
import { type LimitChange, limitChanges } from '../../budget/limit-changes.js';
import type { Verdict } from '../../budget/verdict.js';
import { brokenInBase, noBaseForConfig } from '../../errors/base.js';
import type { TokenhubError } from '../../errors/tokenhub-error.js';
import { commitPaths } from '../../files/commit-paths.js';
import type { Config } from '../../files/config-type.js';
import { entryTextInCommit } from '../../files/entry-text-in-commit.js';
import { realOf } from '../../files/real-path.js';
import type { Io } from '../io.js';
import type { CheckOptions } from './check-options.js';
import { isChosen } from './choose-budgets.js';
import type { Base, FoundBase } from './find-base.js';
import { formerConfig, refuseOutOfReach } from './former-config.js';
import type { PriceLists } from './price-lists.js';
import { fromSameTop } from './same-top.js';

/** The budgets that judge a change, and what it does to them. */
export interface InForce {
  readonly budgets: readonly Budget[];
  readonly loosened: readonly LimitChange[];
  readonly notes: readonly string[];
  /** `null`: there is no config that can be read in the base. */
  readonly former: Former | null;
}

/** The config of the base. */
export interface Former {
  readonly budgets: readonly Budget[];
  readonly lists: PriceLists;
  /** Whether its limits judge. */
  readonly judges: boolean;
}

/**
 * The budgets of now, or with `--config-from base` those of the base, and beside them what only one of the two has.
 *
 * @throws NO_BASE, CONFIG_OUT_OF_REACH, BAD_CONFIG and whatever else is wrong with the base where its limits are asked for
 */
export async function budgetsInForce(
  io: Io,
  config: Config,
  { base, problem }: FoundBase,
  options: CheckOptions,
): Promise<InForce> {
  const { budgets } = config;
  const isOfBase = options.configFrom === 'base';
  if (base === null) {
    if (isOfBase) throw problem ?? noBaseForConfig();
    return { budgets, loosened: [], notes: [], former: null };
  }
  const paths = await commitPaths(base.commit);
  const former = await formerConfig(io, base, paths, options);
  if ('problem' in former) {
    if (isOfBase) throw isBroken(former.problem) ? brokenInBase(former.problem, base.ref) : former.problem;
    const why = `the config of ${base.name} cannot be read: ${former.problem.message}`;
    const note = `whether this change loosens limits is not known: ${why}`;
    return { budgets, loosened: [], notes: [note], former: null };
  }
  if (isOfBase) await refuseOutOfReach(former.config, base, paths);
  if (former.config.file === null) {
    const notes = isOfBase ? [`there is no config in ${base.name}, so the limits of now judge`] : [];
    return { budgets, loosened: [], notes, former: null };
  }
  const lists = { config: former.config, read: entryTextInCommit(paths, base.ref) };
  return besideFormer(config, { budgets: former.config.budgets, lists, judges: isOfBase }, base);
}

function besideFormer({ budgets, file }: Config, former: Former, { commit, ref }: Base): InForce {
  const before = former.budgets;
  const placed = before.map((budget) => shownWith(budget, file));
  const loosened = limitChanges(fromSameTop(before, budgets, commit.root), fromSameTop(budgets, before, commit.root));
  return { budgets: former.judges ? joined(placed, budgets, ref) : budgets, loosened, notes: [], former };
}

/** Not one that this clone lacks. */
const isBroken = ({ code }: TokenhubError): boolean => code !== 'FILE_UNREADABLE';

/** Paths are shown from the config of now, if there is one. */
const shownWith = (budget: Budget, file: string | null): Budget =>
  file === null || budget.kind === 'ledger' ? budget : { ...budget, shownFrom: realOf(dirname(file)) };

/** In the order of now, then those that the change removes. A limit is changed where it stands now. */
function joined(before: readonly Budget[], now: readonly Budget[], judgedBy: string): Budget[] {
  const former = new Map(before.map((budget) => [budget.name, budget]));
  const names = new Set(now.map(({ name }) => name));
  const placed = (budget: Budget, place: BudgetPlace): Budget => ({ ...budget, place: { ...place, judgedBy } });
  return [
    ...now.map((budget): Budget => {
      const old = former.get(budget.name);
      return old === undefined ? budget : placed(old, budget.place);
    }),
    ...before.filter(({ name }) => !names.has(name)).map((budget) => placed(budget, budget.place)),
  ];
}

/** Verdicts on what the change does to the limits that `--kind` and `--only` would have left in the base. */
export function judgeLoosened({ loosened }: InForce, { base }: FoundBase, options: CheckOptions): readonly Verdict[] {
  if (base === null) return [];
  const limits = { base: base.name, judging: options.configFrom ?? 'head' };
  return loosened.filter(({ before }) => isChosen(before, options)).map((change) => judgeLimitChange(change, limits));
}

/** The verdicts on every budget, each followed by what the change does to it; those on removed budgets are last. */
export function withLoosened(
  budgets: readonly Budget[],
  verdictsOn: (budget: Budget) => readonly Verdict[],
  loosened: readonly Verdict[],
): Verdict[] {
  const names = new Set(budgets.map(({ name }) => name));
  return [
    ...budgets.flatMap((budget) => [
      ...verdictsOn(budget),
      ...loosened.filter((verdict) => verdict.budget === budget.name),
    ]),
    ...loosened.filter(({ budget }) => !names.has(budget)),
  ];
}

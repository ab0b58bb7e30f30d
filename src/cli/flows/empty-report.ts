/** Why a report is empty. */

import { quoted } from '../../errors/wording.js';
import type { Config } from '../../files/config-type.js';
import type { Ledger } from '../../ledger/ledger.js';
import { nearest } from '../../nearest.js';
import { recordingName } from '../../render/recording-name.js';
import { anyOf, type FilterOp, type StoredField } from '../../report/filter.js';
import { localDays } from '../../report/local-days.js';
import { UNASSIGNED } from '../../report/query.js';
import type { ReportBody } from '../../report/report-body.js';
import { type AccountNames, accountLinks } from '../../usage/account-links.js';
import type { Recording } from '../../usage/recording.js';
import { ROLES, STAGES, stageOf } from '../../usage/roles.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';

/** Names that are too many to compare a mistyped one with, such as sessions. */
const MOST_COMPARED = 10_000;

export const EMPTY_LEDGER = 'the ledger is empty; import usage first: tokenhub import <files...>';

/** Days are those of the question's zone. */
export function noneMatches({ from, to }: { readonly from: number; readonly to: number }, timeZone: string): string {
  const dayOf = localDays();
  return `no usage matches; the ledger holds ${dayOf(from, timeZone)} to ${dayOf(to, timeZone)}`;
}

/** What was asked, and what came of it. */
interface Asked {
  readonly query: Pick<ReportBody['query'], 'units' | 'models' | 'filters' | 'tz' | 'recordings'>;
  readonly rows: readonly unknown[];
}

/** Warns when nothing matches: of an empty ledger, of names that no event ever had, else of when the ledger has events. */
export async function warnIfEmpty(io: Io, ledger: Ledger, body: Asked, config: NamingConfig): Promise<void> {
  if (body.rows.length > 0) return;
  const span = await ledger.span();
  if (span === null) return warn(io, EMPTY_LEDGER);
  for (const { field, name, hint } of await unheardNames(ledger, body.query, config))
    warn(io, `no usage of ${field} ${quoted(name)} was ever recorded${hint}`);
  for (const recording of leftOutMatches(body))
    warn(io, `${recordingName(recording)} matches, but another view of the same tokens is read`);
  warn(io, noneMatches(span, body.query.tz));
}

/** A name that no event ever had, and what may be meant: `; did you mean ...?`, or nothing. */
interface UnheardName {
  readonly field: string;
  readonly name: string;
  readonly hint: string;
}

/** What the config says of names. */
type NamingConfig = Pick<Config, 'accounts' | 'models' | 'units'>;

/** Names that conditions ask for and no event ever had. */
export async function unheardNames(ledger: Ledger, query: Conditions, config: NamingConfig): Promise<UnheardName[]> {
  const unheard: UnheardName[] = [];
  for (const condition of conditionsOf(query)) {
    const { field } = condition;
    const known = await namesOf(ledger, field);
    for (const name of unheardOf(condition, known))
      unheard.push({
        ...{ field, name },
        hint: linkedHint(field, name, config.accounts) ?? nearHint(name, [...known, ...namedBeside(field, config)]),
      });
  }
  return unheard;
}

/** Names of the config that can be asked for, too: no event need have them. */
function namedBeside(field: string, { models, units }: NamingConfig): readonly string[] {
  if (field === 'unit') return units.map(({ id }) => id);
  return field === 'model' ? Object.keys(models) : [];
}

function nearHint(name: string, known: readonly string[]): string {
  const near = known.length > MOST_COMPARED ? null : nearest(name, known);
  return near === null ? '' : `; did you mean ${near}?`;
}

/** That a name is what the config calls another account; `null`: it is not. */
function linkedHint(field: string, name: string, accounts: AccountNames): string | null {
  const account = accountLinks(accounts)(name);
  return field !== 'account' || account === name ? null : `; accounts of the config links it to ${account}`;
}

/** Recordings that the conditions ask for and the report did not read. */
function leftOutMatches({ query: { recordings, filters } }: Asked): readonly Recording[] {
  const fieldOf = (recording: Recording, field: string): string | null => {
    if (field === 'stage') return stageOf(recording.role);
    return field === 'role' || field === 'source' || field === 'account' ? recording[field] : null;
  };
  const asked = filters.filter(({ field }) => ['stage', 'role', 'source'].includes(field));
  return asked.length === 0
    ? []
    : recordings.filter(
        (recording) =>
          recording.used === 'none' &&
          filters.every(({ field, op, values }) => {
            const value = fieldOf(recording, field);
            return value === null || anyOf(op, values)(value) !== (op === '!=');
          }),
      );
}

interface Condition {
  readonly field: string;
  readonly op: FilterOp;
  readonly values: readonly string[];
}

type Conditions = Pick<ReportBody['query'], 'units' | 'models' | 'filters'>;

const conditionsOf = ({ units, models, filters }: Conditions): Condition[] => [
  ...(units === null ? [] : [{ field: 'unit', op: '=' as const, values: units }]),
  ...(models === null ? [] : [{ field: 'model', op: '=' as const, values: models }]),
  ...filters.filter(({ op }) => op !== '!='),
];

/** Values, or patterns, that are of no event. */
function unheardOf({ field, op, values }: Condition, known: readonly string[]): readonly string[] {
  if (op === '~') return values.filter((pattern) => !known.some(anyOf('~', [pattern])));
  const names = new Set(known);
  return values.filter((name) => !names.has(name) && !(field !== 'unit' && name === '(none)'));
}

/** Every value of a field that an event ever had, or may have. */
export async function namesOf(ledger: Ledger, field: string): Promise<string[]> {
  if (field === 'stage') return [...STAGES];
  if (field === 'role') return [...ROLES];
  const names = await ledger.names(field as StoredField);
  return field === 'unit' ? [UNASSIGNED, ...names] : names;
}

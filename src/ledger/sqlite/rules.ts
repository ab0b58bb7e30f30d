import type { AssignUnit, OriginTotals } from '../../hub/origins.js';
import type { Grain } from '../../report/cell.js';
import type { Recording } from '../../usage/recording.js';
import type { AppliedRules } from '../ledger.js';
import type { Database } from './load-driver.js';
import { type OriginRow, originFrom } from './origin-row.js';
import { GRAIN, totalOf } from './selection.js';
import { type SumRow, sum, sumColumns } from './sums.js';

/** Local date a rule goes by: of the instant in the rules' zone; a bucket's own. */
const DAY = 'CASE WHEN day IS NULL THEN local_day(ts, $timeZone) ELSE day END';

export function readAppliedRules(db: Database): AppliedRules | null {
  const row = db
    .prepare<unknown[], AppliedRules>('SELECT hash, json FROM applied_rules ORDER BY id DESC LIMIT 1')
    .get();
  return row === undefined ? null : { hash: row.hash, json: row.json };
}

interface Facts {
  recording: bigint;
  model: bigint;
  provider: bigint;
  origin: bigint;
  day: string;
}

export function readOrigins(db: Database, timeZone: string): OriginTotals[] {
  const factsOf = factReader(db);
  const units = names(db, 'unit');
  const rows = db
    .prepare<unknown[], SumRow & Facts & { grain: Grain; unit: bigint | null; events: bigint }>(ORIGINS_SQL)
    .all({ timeZone });
  return rows.map((row) => ({
    ...factsOf(row),
    grain: row.grain,
    unit: row.unit === null ? null : units.get(row.unit)!,
    events: row.events,
    tokens: sum(row, 'tokens'),
  }));
}

const ORIGINS_SQL = `
  SELECT e.recording, e.model, e.provider, e.origin, e.on_day AS day, ${GRAIN} AS grain, e.unit, COUNT(*) AS events,
    ${sumColumns('tokens', totalOf('e'))}
  FROM (SELECT *, ${DAY} AS on_day FROM event) e
  GROUP BY e.recording, e.model, e.provider, e.origin, e.on_day, e.day IS NULL, e.unit
  ORDER BY e.recording, e.origin, e.model, e.provider, e.on_day, e.day IS NULL, e.unit`;

/** What the ids of a group of events stand for. */
function factReader(db: Database): (ids: Facts) => Parameters<AssignUnit>[0] {
  const recordings = byId(
    db.prepare<unknown[], Recording & Id>('SELECT id, role, source, account FROM recording').all(),
  );
  const origins = byId(db.prepare<unknown[], OriginRow & Id>('SELECT * FROM origin').all());
  const [models, providers] = [names(db, 'model'), names(db, 'provider')];
  return ({ recording, model, provider, origin, day }) => {
    const { role, source, account } = recordings.get(recording)!;
    return {
      recording: { role, source, account },
      model: models.get(model)!,
      provider: providers.get(provider)!,
      origin: originFrom(origins.get(origin)!),
      day,
    };
  };
}

interface Id {
  readonly id: bigint;
}

const byId = <T extends Id>(rows: readonly T[]): Map<bigint, T> => new Map(rows.map((row) => [row.id, row]));

const names = (db: Database, table: 'model' | 'provider' | 'unit'): Map<bigint, string> =>
  new Map(db.prepare(`SELECT id, name FROM ${table}`).raw().all() as [bigint, string][]);

// --- applying ---------------------------------------------------------------------------------------------------

/** Assigns every event anew and keeps the rules; returns how many events changed unit. Needs a transaction around it. */
export function applyRules(db: Database, rules: AppliedRules, timeZone: string, assign: AssignUnit): number {
  const units = unitIds(db);
  const unitOf = memoised(factReader(db), (facts) => units.idOf(assign(facts)));
  db.function('assigned_unit', { deterministic: true, safeIntegers: false }, unitOf);
  const assigned = `assigned_unit(recording, model, provider, origin, ${DAY})`;
  const { changes } = db.prepare(`UPDATE event SET unit = ${assigned} WHERE unit IS NOT ${assigned}`).run({ timeZone });
  units.save();
  keepRules(db, rules, timeZone);
  return changes;
}

/** Asks once per group of events: groups are few, events many. */
function memoised(factsOf: ReturnType<typeof factReader>, unitOf: (facts: Parameters<AssignUnit>[0]) => bigint | null) {
  const known = new Map<string, bigint | null>();
  return (recording: number, model: number, provider: number, origin: number, day: string): bigint | null => {
    const key = `${recording}|${model}|${provider}|${origin}|${day}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const [r, m, p, o] = [BigInt(recording), BigInt(model), BigInt(provider), BigInt(origin)];
    const unit = unitOf(factsOf({ recording: r, model: m, provider: p, origin: o, day }));
    known.set(key, unit);
    return unit;
  };
}

/** Ids of units; those of new names are given out at once and saved later, as a running UPDATE allows no other write. */
function unitIds(db: Database) {
  const ids = new Map([...names(db, 'unit')].map(([id, name]) => [name, id]));
  const added: [bigint, string][] = [];
  let last = [...ids.values()].reduce((a, b) => (a > b ? a : b), 0n);
  const add = (name: string): bigint => {
    last += 1n;
    ids.set(name, last);
    added.push([last, name]);
    return last;
  };
  return {
    idOf: (name: string | null): bigint | null => (name === null ? null : (ids.get(name) ?? add(name))),
    save: (): void => {
      const insert = db.prepare('INSERT INTO unit (id, name) VALUES (?, ?)');
      for (const row of added) insert.run(...row);
    },
  };
}

function keepRules(db: Database, { hash, json }: AppliedRules, timeZone: string): void {
  const last = db.prepare('SELECT hash, json, time_zone FROM applied_rules ORDER BY id DESC LIMIT 1').raw().get();
  if (Array.isArray(last) && last[0] === hash && last[1] === json && last[2] === timeZone) return;
  db.prepare('INSERT INTO applied_rules (hash, json, time_zone) VALUES (?, ?, ?)').run(hash, json, timeZone);
}

import type { AssignUnit, OriginTotals } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import type { Grain } from '../../report/grain.js';
import { dayText } from '../../report/local-days.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { AppliedRules } from '../ledger.js';
import { notClosed } from './closed-periods.js';
import { dayTexts } from './day-texts.js';
import { dateDaySql, localDaySql } from './local-day-sql.js';
import { type OriginRow, originFrom } from './origin-row.js';
import { type SumRow, sum, sumColumns } from './sums.js';
import { daysSql, GRAIN, totalOf } from './usage-rows.js';

/** Local day a rule goes by: of the instant in the rules' zone; a bucket's own. */
const dayOf = (db: Database, timeZone: string): string =>
  `iif(e.day IS NULL, ${localDaySql(db, timeZone)('e.ts')}, ${dateDaySql('e.day')})`;

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
  /** Days since 1970-01-01. */
  day: bigint;
}

export function readOrigins(db: Database, timeZone: string): OriginTotals[] {
  const factsOf = factReader(db);
  const units = names(db, 'unit');
  const textOf = dayTexts();
  const rows = db.prepare<unknown[], OriginsRow>(originsSql(db, timeZone)).all();
  return rows.map((row) => ({
    ...factsOf(row),
    days: textOf(row.day, row.grain, row.days),
    grain: row.grain,
    charge: row.charge,
    unit: row.unit === null ? null : units.get(row.unit)!,
    events: row.events,
    tokens: sum(row, 'tokens'),
  }));
}

type OriginsRow = SumRow & Facts & { days: bigint; grain: Grain; charge: Charge; unit: bigint | null; events: bigint };

const originsSql = (db: Database, timeZone: string): string => `
  SELECT e.recording, f.model, f.provider, e.origin, ${dayOf(db, timeZone)} AS day,
    ${daysSql(localDaySql(db, timeZone))} AS days, ${GRAIN} AS grain, charge.name AS charge, e.unit, COUNT(*) AS events,
    ${sumColumns('tokens', totalOf('e'))}
  FROM event e JOIN facet f ON f.id = e.facet JOIN charge ON charge.id = f.charge
  GROUP BY e.recording, f.model, f.provider, e.origin, 5, 6, 7, 8, e.unit
  ORDER BY e.recording, e.origin, f.model, f.provider, 5, 6, 7, 8, e.unit`;

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
      day: dayText(Number(day)),
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

/** Assigns every event anew, but those of closed periods, and keeps the rules; returns how many events changed unit. Needs a transaction around it. */
export function applyRules(db: Database, rules: AppliedRules, timeZone: string, assign: AssignUnit): number {
  const units = unitIds(db);
  const factsOf = factReader(db);
  db.exec(
    'CREATE TEMP TABLE assigned (recording, model, provider, origin, day, unit, PRIMARY KEY (recording, model, provider, origin, day)) WITHOUT ROWID',
  );
  try {
    const keep = db.prepare('INSERT INTO assigned VALUES (?, ?, ?, ?, ?, ?)');
    for (const facts of groupsOf(db, timeZone)) {
      const { recording, model, provider, origin, day } = facts;
      keep.run(recording, model, provider, origin, day, units.idOf(assign(factsOf(facts))));
    }
    units.save();
    const { changes } = db
      .prepare(`UPDATE event SET unit = a.unit FROM event e JOIN facet f ON f.id = e.facet
        JOIN assigned a ON a.recording = e.recording AND a.model = f.model AND a.provider = f.provider
          AND a.origin = e.origin AND a.day = ${dayOf(db, timeZone)}
        WHERE event.ts = e.ts AND event.recording = e.recording AND event.id = e.id AND e.unit IS NOT a.unit
          AND ${notClosed(db, 'e')}`)
      .run();
    keepRules(db, rules, timeZone);
    return changes;
  } finally {
    db.exec('DROP TABLE assigned');
  }
}

const groupsOf = (db: Database, timeZone: string): Facts[] =>
  db
    .prepare<unknown[], Facts>(
      `SELECT DISTINCT e.recording, f.model, f.provider, e.origin, ${dayOf(db, timeZone)} AS day
       FROM event e JOIN facet f ON f.id = e.facet`,
    )
    .all();

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

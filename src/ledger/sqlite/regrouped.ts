import type { Database } from '../../load-driver.js';
import { NO_MODEL } from '../../usage/reading/model-name.js';
import type { Recording } from '../../usage/recording.js';
import type { Regrouped } from '../ledger.js';

/** What an export may be grouped by, and whether an event `e` names it. */
const DIMENSIONS: Readonly<Record<string, string>> = {
  model: `f.model NOT IN (SELECT id FROM model WHERE name = '${NO_MODEL}')`,
  ...Object.fromEntries(
    ['key', 'workspace', 'project', 'team', 'user', 'service', 'consumer', 'path'].map((name) => [
      name,
      `o."${name}" IS NOT NULL`,
    ]),
  ),
  'context window': 'f.tier_up_to IS NOT NULL',
};

const NAMES = Object.keys(DIMENSIONS);

type Group = Recording & {
  readonly recording: number;
  readonly ts: number;
  readonly until: number;
  readonly import: number;
  readonly file: string;
  /** Events that the import asked about holds a record of, too. */
  readonly met: number;
  readonly events: number;
} & Readonly<Record<string, unknown>>;

/**
 * Other imports that hold buckets of the same recording and times as this one, name other dimensions in them, and hold
 * some that this one does not: then the export was grouped in two ways, and what both tell is counted twice. An export
 * that was downloaded again holds every bucket it held before.
 */
export function readRegrouped(db: Database, importId: number): Regrouped[] {
  const span = overlap(db, importId);
  if (span === null) return [];
  const groups = db
    .prepare<unknown[], Group>(GROUPS)
    .safeIntegers(false)
    .all({ importId, ...span });
  const pairs = new Map<string, Pair>();
  for (const ofTime of byTime(groups).values()) {
    const mine = ofTime.find((group) => group.import === importId);
    if (mine === undefined) continue;
    for (const other of ofTime) if (other !== mine) addTo(pairs, mine, other);
  }
  return [...pairs.values()]
    .filter(isRegrouped)
    .map(({ of: { role, source, account, file, ...of }, mine, theirs }) => ({
      recording: { role, source, account },
      import: of.import,
      path: file,
      dimensions: named(mine),
      otherDimensions: named(theirs),
    }));
}

/** The time over which an import meets an earlier one of its source; `null`: there is none. */
const overlap = (db: Database, importId: number): { first: number; last: number } | null =>
  db
    .prepare<unknown[], { first: number; last: number }>(
      `SELECT max(mine.first_ts, min(other.first_ts)) AS first, min(mine.last_ts, max(other.last_ts)) AS last
       FROM import mine JOIN import other ON other.source = mine.source AND other.role = mine.role AND other.id <> mine.id
         AND other.first_ts <= mine.last_ts AND other.last_ts >= mine.first_ts
       WHERE mine.id = ? GROUP BY mine.id`,
    )
    .safeIntegers(false)
    .get(importId) ?? null;

const GROUPS = `
  SELECT e.recording, r.role, r.source, r.account, e.ts, e.until, e.import, import.path AS file, COUNT(*) AS events,
    SUM(EXISTS (SELECT 1 FROM sighting s WHERE s.recording = e.recording AND s.id = e.id AND s.import = $importId)) AS met,
    ${Object.entries(DIMENSIONS).map(([name, isNamed]) => `MAX(${isNamed}) AS "${name}"`)}
  FROM event e JOIN recording r ON r.id = e.recording JOIN facet f ON f.id = e.facet JOIN origin o ON o.id = e.origin
    JOIN import ON import.id = e.import
  WHERE e.ts BETWEEN $first AND $last AND e.until IS NOT NULL AND substr(e.id, 1, 1) = '~'
    AND (r.source, r.role) = (SELECT source, role FROM import WHERE id = $importId)
  GROUP BY e.recording, e.ts, e.until, e.import
  ORDER BY e.recording, e.ts, e.until, e.import`;

function byTime(groups: readonly Group[]): Map<string, Group[]> {
  const times = new Map<string, Group[]>();
  for (const group of groups) {
    const key = `${group.recording} ${group.ts} ${group.until}`;
    times.set(key, [...(times.get(key) ?? []), group]);
  }
  return times;
}

/** What two imports name over all times of which both have buckets. */
interface Pair {
  readonly of: Group;
  readonly mine: Set<string>;
  readonly theirs: Set<string>;
  isTold: boolean;
}

function addTo(pairs: Map<string, Pair>, mine: Group, other: Group): void {
  const key = `${other.recording} ${other.import}`;
  const pair = pairs.get(key) ?? { of: other, mine: new Set(), theirs: new Set(), isTold: true };
  pairs.set(key, pair);
  for (const name of NAMES) {
    if (mine[name] === 1) pair.mine.add(name);
    if (other[name] === 1) pair.theirs.add(name);
  }
  if (other.met < other.events) pair.isTold = false;
}

const isRegrouped = ({ mine, theirs, isTold }: Pair): boolean => !isTold && `${named(mine)}` !== `${named(theirs)}`;

const named = (names: Iterable<string>): string[] => {
  const all = new Set(names);
  return NAMES.filter((name) => all.has(name));
};

import type { AssignUnit } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import { NumberTable } from './number-table.js';
import { daySpans, facetClasses, factReader, unitNames } from './rule-facts.js';

/** Decides by ids; 0 is no unit. Each combination that rules can tell apart is decided once. */
export interface UnitAssigner {
  /** @param day  number of the local day; any where no rule is dated */
  readonly unitOf: (recording: number, facet: number, origin: number, day: number) => number;
  /** Keeps the names of units not met before, which cannot be done while a statement is running. */
  readonly saveNames: () => void;
}

/** More than there are of recording, model, provider and span of days together. */
const CONTEXTS = 2 ** 22;

export function unitAssigner(db: Database, assign: AssignUnit, edges: readonly string[]): UnitAssigner {
  const units = unitIds(db);
  const facets = facetClasses(db);
  const spans = daySpans(edges);
  const { recordingOf, originOf } = factReader(db);
  const decided = new NumberTable();
  const unitOf = (recording: number, facet: number, origin: number, day: number): number => {
    const [facetClass, span] = [facets.classOf(facet), spans.spanOf(day)];
    const key = origin * CONTEXTS + (recording * facets.count + facetClass) * spans.count + span;
    const known = decided.find(key);
    if (known !== -1) return known;
    const facts = { recording: recordingOf(recording), ...facets.named[facetClass]!, origin: originOf(origin) };
    const unit = units.idOf(assign({ ...facts, day: spans.dayOf(span) }));
    decided.set(key, unit);
    return unit;
  };
  return { unitOf, saveNames: units.save };
}

/** Ids of units; those of new names are given out at once and saved later. */
function unitIds(db: Database) {
  const ids = new Map([...unitNames(db)].map(([id, name]) => [name, id]));
  const added: [number, string][] = [];
  let last = Math.max(0, ...ids.values());
  const add = (name: string): number => {
    last += 1;
    ids.set(name, last);
    added.push([last, name]);
    return last;
  };
  return {
    idOf: (name: string | null): number => (name === null ? 0 : (ids.get(name) ?? add(name))),
    save: (): void => {
      const insert = db.prepare('INSERT INTO unit (id, name) VALUES (?, ?)');
      for (const row of added.splice(0)) insert.run(...row);
    },
  };
}

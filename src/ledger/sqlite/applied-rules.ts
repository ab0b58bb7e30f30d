import type { Database } from '../../load-driver.js';
import type { AppliedRules } from '../ledger.js';

export function readAppliedRules(db: Database): AppliedRules | null {
  const row = db
    .prepare<unknown[], AppliedRules>('SELECT hash, json FROM applied_rules ORDER BY id DESC LIMIT 1')
    .get();
  return row === undefined ? null : { hash: row.hash, json: row.json };
}

export function keepRules(db: Database, { hash, json }: AppliedRules, timeZone: string): void {
  const last = db.prepare('SELECT hash, json, time_zone FROM applied_rules ORDER BY id DESC LIMIT 1').raw().get();
  if (Array.isArray(last) && last[0] === hash && last[1] === json && last[2] === timeZone) return;
  db.prepare('INSERT INTO applied_rules (hash, json, time_zone) VALUES (?, ?, ?)').run(hash, json, timeZone);
}

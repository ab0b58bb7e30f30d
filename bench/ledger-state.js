/** What can be seen of a ledger, as one text that can be compared: what the command says first, then what SQLite says. */

import Database from 'better-sqlite3';
import { measured } from './measured-process.js';
import { bin } from './root.js';
import { nodeScript } from './run-child.js';
import { totalsOf } from './total-sums.js';

/** The command opens it first, as people would, and mends what a kill left. */
export async function stateOf(cwd, ledger) {
  const { stdout } = await measured(nodeScript(bin, 'report', '--ledger', ledger, '--json'), { cwd });
  const { totals } = JSON.parse(stdout);
  const reported = `reported ${totals.requests} requests, ${totals.tokens.total} tokens, ${JSON.stringify(totals.cost)}`;
  return [reported, checksOf(ledger), `sums ${totalsOf.ledger(ledger)}`].join('; ');
}

function checksOf(ledger) {
  const db = new Database(ledger);
  const integrity = db.pragma('integrity_check', { simple: true });
  const strays = db.pragma('foreign_key_check').length;
  const imports = db.prepare('SELECT count(*) FROM import').pluck().get();
  db.close();
  return `integrity ${integrity}, ${strays} strays, ${imports} imports`;
}

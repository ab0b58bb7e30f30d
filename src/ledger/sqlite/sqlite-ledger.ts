import { ledgerReadOnly } from '../../errors/ledger.js';
import type { Database } from '../../load-driver.js';
import type { Ledger, Standing } from '../ledger.js';
import { appender } from './append.js';
import { readAppliedRules } from './applied-rules.js';
import { applyRules } from './apply-rules.js';
import { readCells } from './cells.js';
import { addClosing, countClosed, countImported, readBucketImports, readClosings, reopenClosing } from './closings.js';
import { costWriter } from './cost-writer.js';
import { readCoverage } from './coverage.js';
import { Dictionaries } from './dictionaries.js';
import { eventPages } from './event-pages.js';
import { eventWriter } from './event-writer.js';
import { explaining, sqliteCode } from './failures.js';
import { fieldNames } from './fields.js';
import { readHomeZone, writeHomeZone } from './home-zone.js';
import { idRuns } from './id-runs.js';
import { closeImport, findImports, keepOptions, openImport, readImports, readIncomplete } from './imports.js';
import { readMeterLines } from './meter-lines.js';
import { readNewest } from './newest.js';
import { readPresence } from './presence.js';
import { readLowestTiers, readPriceLists } from './price-lists.js';
import { readOrigins } from './read-origins.js';
import { readingKeeper } from './readings.js';
import { clearRollups, rebuildRollups } from './rebuild-rollups.js';
import { recordedPages } from './recorded.js';
import { readRegrouped } from './regrouped.js';
import { type Rollups, rollupsOf } from './rollups.js';
import { readTopAgents } from './top-agents.js';
import { readTracedEvents } from './traced-events.js';
import { readTraces } from './traces.js';
import { indexIdsIfSeenTwice } from './twins.js';
import { undoImport } from './undo.js';

/** How long to wait for another process, in ms. */
export const BUSY_TIMEOUT = 5_000;

/** The port over an open database; `path` is the one the user knows, for messages. */
export function sqliteLedger(db: Database, path: string): Ledger {
  const ids = new Dictionaries(db);
  const read = async <T>(work: () => T): Promise<T> => explaining(path, work);
  const write = async <T>(work: () => T): Promise<T> => {
    if (!db.inTransaction || inSnapshot) throw new Error('a ledger is written inside a transaction only');
    return explaining(path, work);
  };
  const runs = idRuns(db);
  const appending = lazily(() => appender(db, ids, runs, { rollups: () => rollups, standingOf }));
  const restating = new Set<number>();
  const standingOf = (importId: number): Standing => (restating.has(importId) ? 'restates' : 'joins');
  const writerNow = () => eventWriter(db, ids, () => rollups);
  let rollups: Rollups | null = null;
  const startRollups = (): void => {
    const home = readHomeZone(db);
    rollups = home?.exact ? rollupsOf(db, ids, home.timeZone, giveUpRollups) : null;
  };
  function giveUpRollups(): void {
    const home = readHomeZone(db);
    if (home !== null) writeHomeZone(db, { ...home, exact: false });
    clearRollups(db);
    rollups = null;
  }
  const rebuild = (timeZone: string): void => {
    rebuildRollups(db, ids, timeZone);
    startRollups();
  };
  /** Totals gathered so far must be in their tables before anything is asked of them. */
  const ask = <T>(work: () => T): Promise<T> =>
    read(() => {
      if (db.inTransaction && !inSnapshot) rollups?.flush();
      return work();
    });
  /** Also safe after SQLite has rolled back by itself, as it does when the disk is full. */
  const rollback = async (): Promise<void> => {
    ids.forget();
    runs.forget();
    rollups = null;
    if (db.inTransaction) await read(() => db.exec('ROLLBACK'));
  };
  let inSnapshot = false;
  const snapshot = async <T>(work: () => Promise<T>): Promise<T> => {
    if (db.inTransaction) return work();
    await read(() => db.exec('BEGIN DEFERRED'));
    inSnapshot = true;
    try {
      return await work();
    } finally {
      inSnapshot = false;
      await rollback();
    }
  };
  const close = async (): Promise<void> => {
    if (db.open) db.close(); // an open transaction is rolled back by SQLite
  };

  return {
    begin: (patience = BUSY_TIMEOUT) =>
      read(() => {
        db.pragma(`busy_timeout = ${patience}`);
        try {
          beginWriting(db, path);
        } finally {
          db.pragma(`busy_timeout = ${BUSY_TIMEOUT}`); // a commit waits for readers
        }
        ids.forget();
        startRollups();
      }),
    commit: () =>
      write(() => {
        rollups?.flush();
        indexIdsIfSeenTwice(db);
        db.exec('COMMIT');
      }),
    rollback,
    keepTotalsIn: (timeZone) =>
      write(() => {
        if (readHomeZone(db)?.timeZone !== timeZone) rebuild(timeZone);
      }),
    findImports: (key) => read(() => findImports(db, key)),
    openImport: (key, file, bytes, start, standing = 'joins') =>
      write(() => {
        const id = openImport(db, key, file, bytes, start);
        if (standing === 'restates') restating.add(id);
        else restating.delete(id); // after a rollback a number is given out again
        return id;
      }),
    append: (importId, batch, assess) => write(() => appending().append(batch, importId, assess)),
    addReadings: (importId, readings, assess) =>
      write(() => readingKeeper(db, ids, writerNow()).add(importId, readings, assess)),
    settle: (assess) => write(() => appending().settle(assess)),
    closeImport: (importId, tally, rejects, rejectSpan, endLine) =>
      write(() => closeImport(db, importId, tally, rejects, rejectSpan, endLine)),
    keepOptions: (importId, options) => write(() => keepOptions(db, importId, options)),
    regrouped: (importId) => read(() => readRegrouped(db, importId)),
    imports: () => read(() => readImports(db)),
    coverage: (timeZone) => ask(() => readCoverage(db, timeZone)),
    undoImport: (id, assess) =>
      write(() => {
        const writer = writerNow();
        const counts = undoImport(db, { writer, readings: readingKeeper(db, ids, writer) }, id, assess);
        ids.forget();
        const home = readHomeZone(db);
        if (home?.exact === false) rebuild(home.timeZone); // what was too large may be gone
        return counts;
      }),
    reprice: async (selection, priceAgain, keep) => {
      const pages = await ask(() => eventPages(db, { ...selection, closed: 'left out' }));
      const writeCosts = keep === 'preview' ? null : await write(() => costWriter(db, ids, () => rollups));
      for (;;) {
        const page = await read(() => pages.next());
        if (page.done) return;
        const costs = await priceAgain(page.value);
        if (writeCosts !== null) await write(() => writeCosts(page.value, costs));
      }
    },
    recorded: async (selection, take) => {
      const pages = await ask(() => recordedPages(db, selection));
      for (;;) {
        const page = await read(() => pages.next());
        if (page.done) return;
        take(page.value);
      }
    },
    snapshot,
    presence: (window, cost) => ask(() => readPresence(db, window, cost)),
    cells: (query) => ask(() => readCells(db, query)),
    meterLines: (query) => ask(() => readMeterLines(db, query)),
    traces: (selection, match) => ask(() => readTraces(db, selection, match)),
    largestEvents: (selection, rows, isRead) => ask(() => readTracedEvents(db, selection, rows, isRead)),
    newest: (selection, notAfter) => ask(() => readNewest(db, selection, notAfter)),
    incomplete: (window) => read(() => readIncomplete(db, window)),
    priceLists: (window) => ask(() => readPriceLists(db, window)),
    topAgents: (question) => ask(() => readTopAgents(db, question)),
    lowestTiers: (window, which) => ask(() => readLowestTiers(db, window, which)),
    span: () => read(() => readSpan(db)),
    names: (of) => read(() => fieldNames(db, of)),
    appliedRules: () => read(() => readAppliedRules(db)),
    origins: (query) => ask(() => readOrigins(db, query)),
    applyRules: (rules, query) =>
      write(() => {
        rollups?.flush();
        return applyRules(db, ids, rules, query);
      }),
    closings: () => read(() => readClosings(db)),
    addClosing: (closing) => write(() => addClosing(db, closing)),
    reopenClosing: (id, reason) => write(() => reopenClosing(db, id, reason)),
    closedEvents: (selection) => read(() => countClosed(db, selection)),
    importedEvents: (importId, window) => read(() => countImported(db, importId, window)),
    bucketImports: (importIds, window) => read(() => readBucketImports(db, importIds, window)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * BEGIN IMMEDIATE alone succeeds on a file that cannot be written, so a write that changes nothing is tried first; it
 * is undone, as committing it would touch the file.
 */
function beginWriting(db: Database, path: string): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.pragma(`user_version = ${db.pragma('user_version', { simple: true })}`);
  } catch (error) {
    // CANTOPEN: the file may be written, but no journal can be made in its folder.
    throw sqliteCode(error)?.startsWith('SQLITE_CANTOPEN') ? ledgerReadOnly(path, error) : error;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
  db.exec('BEGIN IMMEDIATE');
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function readSpan(db: Database): { from: number; to: number } | null {
  const row = db
    .prepare<unknown[], { first: bigint | null; last: bigint | null }>(
      'SELECT (SELECT min(ts) FROM event) AS first, (SELECT max(ts) FROM event) AS last',
    )
    .get();
  return row === undefined || row.first === null || row.last === null
    ? null
    : { from: Number(row.first), to: Number(row.last) };
}

import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type BetterSqlite3 from 'better-sqlite3';
import { driverMissing } from './errors/ledger.js';

/**
 * `tkhb` in ASCII: the application id that marks an SQLite file as a ledger of tokenhub. It stands beside the driver,
 * because both rooms that open SQLite files must know it: one reads ledgers, the other must not take one for a log.
 */
export const LEDGER_APPLICATION_ID = 0x746b_6862;

/** 13 ships its binaries and needs Node 22; 12 is the last for Node 20 and needs its install script. */
const INSTALL = `install better-sqlite3@${Number(process.versions.node.split('.')[0]) >= 22 ? 13 : 12}`;

export type Driver = typeof BetterSqlite3;
export type Database = BetterSqlite3.Database;

/**
 * Loads better-sqlite3 and its binary, as late as a database is opened: it is an optional dependency.
 *
 * @param from  URL of the module it is resolved from
 * @throws DRIVER_MISSING, with the command that mends it, when the package or its binary is missing or built for
 *         another Node; any other failure is passed on as it is
 */
export function loadDriver(from: string = import.meta.url): Driver {
  try {
    const Driver: Driver = createRequire(from)('better-sqlite3');
    new Driver(':memory:').close(); // the binary is loaded by the first database, not by the package
    return Driver;
  } catch (cause) {
    throw explained(cause, fileURLToPath(from));
  }
}

function explained(cause: unknown, module: string): unknown {
  if (!(cause instanceof Error)) return cause;
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'MODULE_NOT_FOUND' && cause.message.includes("'better-sqlite3'"))
    return driverMissing('is not installed', mending(INSTALL, module, process.cwd()), cause);
  if (code === 'MODULE_NOT_FOUND' && cause.message.includes('better_sqlite3.node'))
    // 13 and later, where it ships no binary
    return driverMissing('has no binary', mending('install better-sqlite3@12', module, process.cwd()), cause);
  if (cause.message.includes('Could not locate the bindings file'))
    return driverMissing('has no binary', mending('rebuild better-sqlite3', module, process.cwd()), cause);
  if (code === 'ERR_DLOPEN_FAILED')
    return driverMissing(
      'has a binary that this Node cannot load',
      mending('rebuild better-sqlite3', module, process.cwd()),
      cause,
    );
  return cause;
}

/**
 * The npm command for the place tokenhub itself is installed in: the project around the current folder, else `-g`.
 * `--ignore-scripts=false`, because the binary is fetched by the package's install script.
 */
export function mending(what: string, module: string, folder: string): string {
  const [root] = module.split(`${sep}node_modules${sep}`);
  const local = root === module || `${folder}${sep}`.startsWith(`${root}${sep}`);
  return `npm ${what}${local ? '' : ' -g'} --ignore-scripts=false`;
}

import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { TokenhubError } from '../errors/tokenhub-error.js';
import type { Config } from './config-type.js';
import { isIgnored, isInWorkTree } from './git.js';

const LEDGER = 'tokenhub.db';

export interface LedgerQuery {
  /** From `--ledger`, relative to `cwd`. */
  readonly flag: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: Pick<Config, 'ledger'>;
  /** Absolute. */
  readonly cwd: string;
}

/**
 * The ledger file: `--ledger`, `TOKENHUB_LEDGER`, the config, the nearest `tokenhub.db` upwards to the repository root,
 * else `tokenhub.db` in `cwd`.
 *
 * @returns an absolute path, and whether there is a file
 */
export function findLedger({ flag, env, config, cwd }: LedgerQuery): { path: string; exists: boolean } {
  const named = flag ?? (env.TOKENHUB_LEDGER || null) ?? config.ledger;
  const path = named === null ? (nearestLedger(cwd) ?? join(cwd, LEDGER)) : resolve(cwd, named);
  return { path, exists: isThere(path) };
}

/** An empty file, such as `mktemp` makes, is not a ledger yet. */
const isThere = (path: string): boolean => existsSync(path) && statSync(path).size > 0;

function nearestLedger(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, LEDGER);
    if (existsSync(path)) return path;
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return null;
  }
}

/** True when `git add` would take the file: it lies in a work tree and is not ignored. Only ever grounds for a warning. */
export function wouldBeCommitted(path: string): boolean {
  const folder = dirname(path);
  if (!existsSync(folder)) return false;
  try {
    const real = realpathSync(folder);
    return isInWorkTree(real) && !isIgnored(real, basename(path));
  } catch (cause) {
    if (cause instanceof TokenhubError) return false; // a repository git will not open is one it will not commit to
    throw cause;
  }
}

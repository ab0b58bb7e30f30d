/** The ledger of an import: opened, made where there is none, and waited for while another import writes it. */

import { basename } from 'node:path';
import { importBusy } from '../../errors/ledger.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { wouldBeCommitted } from '../../files/ledger-path.js';
import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { Interruption } from '../interruption.js';
import type { Io } from '../io.js';
import { say, warn } from '../say.js';
import type { ImportOptions } from './import-options.js';
import type { Settings } from './settings.js';

/** Milliseconds between two looks whether the ledger is free, and of one look. */
const EVERY = 200;
const LOOK = 50;

export interface ImportLedger {
  /** The imports of the ledger that is there; none where there is none yet. */
  readonly past: () => Promise<readonly ImportRecord[]>;
  /** That, or a new one, which is said; a dry run over none works in memory. */
  readonly open: () => Promise<Ledger>;
  /** Begins a transaction, when no other import has one. */
  readonly begin: (ledger: Ledger) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export function importLedger(
  io: Io,
  { ledger: { path, exists } }: Settings,
  { dryRun, wait }: ImportOptions,
  interruption: Interruption,
): ImportLedger {
  let opened: Ledger | null = null;
  const waiting = whenFree(io, path, wait, interruption);
  const existing = async (): Promise<Ledger | null> => {
    if (opened === null && exists)
      opened = await waiting(() => openSqliteLedger({ path, mode: 'write', patience: LOOK }));
    return opened;
  };
  const make = async (): Promise<Ledger> => {
    if (dryRun) return openSqliteLedger({ path: ':memory:', mode: 'create' });
    const made = await waiting(() => openSqliteLedger({ path, mode: 'create', patience: LOOK }));
    say(io, `created ledger ${path}`);
    if (wouldBeCommitted(path)) warn(io, `git would commit it: echo ${basename(path)} >> .gitignore`);
    return made;
  };
  return {
    past: async () => {
      const ledger = await existing();
      return ledger === null ? [] : waiting(() => ledger.imports());
    },
    open: async () => {
      opened = (await existing()) ?? (await make());
      return opened;
    },
    begin: (ledger) => waiting(() => ledger.begin(LOOK)),
    [Symbol.asyncDispose]: async () => opened?.close(),
  };
}

/** Tries something until the ledger is free for it; says so when it has to wait. */
function whenFree(io: Io, path: string, seconds: number, interruption: Interruption) {
  let isSaid = false;
  return async <T>(attempt: () => Promise<T>): Promise<T> => {
    for (let waited = 0; ; waited += EVERY + LOOK) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof TokenhubError) || error.code !== 'LEDGER_BUSY') throw error;
        if (waited >= seconds * 1000) throw importBusy(path, seconds, error);
      }
      if (!isSaid) say(io, `${path}: waiting for another import, for at most ${seconds} s`);
      isSaid = true;
      await interruption.sleep(EVERY);
    }
  };
}

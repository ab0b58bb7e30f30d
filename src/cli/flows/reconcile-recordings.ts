/** From the flags of `reconcile` to the records that are compared. */

import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { sameRecording, tooFewRecordings } from '../../errors/reconcile.js';
import type { Side } from '../../hub/reconcile/call-record.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { Window } from '../../report/query.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';
import { type FileReading, type ReadRecording, readRecordingFile } from './reconcile-file.js';
import { readRecordingOfLedger } from './reconcile-ledger.js';
import type { Settings } from './settings.js';

/** One of the recordings typed. */
export interface Named {
  readonly side: Side;
  readonly flag: string;
  readonly name: string;
}

/** @throws TOO_FEW_RECORDINGS */
export function namedOf({ app, gateway, bill }: Readonly<Partial<Record<Side, string>>>): readonly Named[] {
  const named = Object.entries({ app, gateway, bill }).flatMap(([side, name]) =>
    name === undefined ? [] : [{ side: side as Side, flag: `--${side}`, name }],
  );
  if (named.length < 2) throw tooFewRecordings(named.map(({ flag }) => flag));
  return named;
}

/** @throws SAME_RECORDING for one file, or one part of the ledger, named twice */
export function refuseSame(io: Io, named: readonly Named[]): void {
  const known = new Map<string, string>();
  for (const { flag, name } of named) {
    const path = resolve(io.cwd, name);
    const place = ledgerPart(name) === null && existsSync(path) ? realpathSync(path) : name;
    const other = known.get(place);
    if (other !== undefined) throw sameRecording(other, flag);
    known.set(place, flag);
  }
}

const ledgerPart = (name: string): string | null => (name.startsWith('ledger:') ? name.slice('ledger:'.length) : null);

export interface NamedRecording extends Named {
  readonly recording: ReadRecording;
}

export async function readAll(
  io: Io,
  named: readonly Named[],
  { ledger: at }: Settings,
  window: Window,
  reading: FileReading,
): Promise<NamedRecording[]> {
  const isInLedger = named.some(({ name }) => ledgerPart(name) !== null);
  await using ledger = isInLedger ? await openSqliteLedger({ path: at.path, mode: 'read' }) : null;
  const read: NamedRecording[] = [];
  for (const each of named) {
    const { side, flag, name } = each;
    const of = ledgerPart(name);
    const recording =
      of === null || ledger === null
        ? await readRecordingFile(io, side, name, reading)
        : await readRecordingOfLedger(io, ledger, { flag, of, window }, reading);
    tellOtherRole(io, each, recording);
    read.push({ ...each, recording });
  }
  refuseSameSources(read);
  return read;
}

/** A recording behind the flag of another role; a meter stands in for the bill. */
function tellOtherRole(io: Io, { side, flag, name }: Named, { roles, sources }: ReadRecording): void {
  const others = [...roles].filter((role) => role !== side && !(side === 'bill' && role === 'meter'));
  if (others.length === 0) return;
  const money = others.includes('bill') ? '; its money is billed all the same' : '';
  const of = `${others.sort().join(' and ')} (${[...sources].sort().join(', ')})`;
  warn(io, `${flag}: ${name} is a recording of role ${of}, compared as ${side}${money}`);
}

/** A role and a source of the ledger may be the same events. */
function refuseSameSources(read: readonly NamedRecording[]): void {
  const known = new Map<string, string>();
  for (const { flag, name, recording } of read) {
    if (ledgerPart(name) === null) continue;
    for (const source of recording.sources)
      for (const role of recording.roles) {
        const other = known.get(`${role} ${source}`);
        if (other !== undefined) throw sameRecording(other, flag);
        known.set(`${role} ${source}`, flag);
      }
  }
}

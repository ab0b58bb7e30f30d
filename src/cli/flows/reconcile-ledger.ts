/** What the ledger holds of a role or source as a recording to compare. */

import { badOption } from '../../errors/command-line.js';
import { type Held, nothingInPeriod } from '../../errors/reconcile.js';
import type { CallRecord } from '../../hub/reconcile/call-record.js';
import type { Ledger } from '../../ledger/ledger.js';
import { nearest } from '../../nearest.js';
import { incompleteText } from '../../render/counted.js';
import type { Window } from '../../report/query.js';
import type { Role } from '../../usage/event.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';
import type { FileReading, ReadRecording } from './reconcile-file.js';
import { callRecord } from './reconcile-record.js';

/** @throws BAD_OPTION for what is neither a role nor a source of any event; NOTHING_TO_RECONCILE for one of other times */
export async function readRecordingOfLedger(
  io: Io,
  ledger: Ledger,
  { flag, of, window }: { readonly flag: string; readonly of: string; readonly window: Window },
  { nameOf }: Pick<FileReading, 'nameOf'>,
): Promise<ReadRecording> {
  await refuseUnknown(ledger, flag, of);
  const roles = new Set<Role>();
  const sources = new Set<string>();
  const records: CallRecord[] = [];
  await ledger.recorded({ window, of }, (batch) => {
    for (const { recording, event, unit, computed } of batch) {
      roles.add(recording.role);
      sources.add(recording.source);
      records.push(callRecord({ event, recording, unit, computed, attempt: null }, nameOf));
    }
  });
  const held = records.length === 0 ? await daysHeld(ledger, of, window) : null;
  if (held !== null) throw nothingInPeriod(flag, `ledger:${of}`, held);
  return { roles, sources, records, rejected: await rejectedOf(io, ledger, of, window) };
}

/** Rows that imports of the recording rejected, which may be of the window; each import is told. */
async function rejectedOf(io: Io, ledger: Ledger, of: string, window: Window): Promise<number> {
  const incomplete = await ledger.incomplete(window);
  if (incomplete.length === 0) return 0;
  const imports = (await ledger.imports()).filter(({ role, source }) => role === of || source === of);
  const ids = new Set(imports.map(({ id }) => id));
  const told = incomplete.filter((each) => ids.has(each.import));
  for (const each of told) warn(io, `ledger:${of}: ${incompleteText(each)}`);
  return told.reduce((sum, { rejected }) => sum + rejected, 0);
}

/** `null`: no period was asked for, or there is nothing at any time. */
async function daysHeld(ledger: Ledger, of: string, { from, to, timeZone }: Window): Promise<Held | null> {
  if (from === null && to === null) return null;
  const days = (await ledger.coverage(timeZone))
    .filter(({ recording: { role, source } }) => role === of || source === of)
    .flatMap((coverage) => coverage.days.map(({ day }) => day))
    .sort();
  return days.length === 0 ? null : { first: days[0]!, last: days.at(-1)! };
}

async function refuseUnknown(ledger: Ledger, flag: string, of: string): Promise<void> {
  const known = [...new Set([...(await ledger.names('role')), ...(await ledger.names('source'))])];
  if (known.includes(of)) return;
  const near = nearest(of, known);
  const hint = near === null ? `the ledger has: ${known.join(', ') || 'nothing'}` : `did you mean ledger:${near}?`;
  throw badOption(flag, `ledger:${of}`, 'is neither a role nor a source in the ledger', hint);
}

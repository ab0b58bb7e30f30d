import { originOfFolder } from '../agents/working-folder.js';
import { usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { textOf } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import type { RecordTime } from '../time/record-time.js';
import { type CodexSession, modeOfSession } from './session.js';
import { classesOf, type Totals, totalsKey } from './totals.js';

/** A response, or a request of the session itself. */
export interface CodexResponse {
  readonly id: string | null;
  readonly used: Totals;
  readonly time: RecordTime;
  /** Where it is not that of the turn. */
  readonly model?: unknown;
}

/** Throws BAD_FIELD, MISSING_FIELD. */
export function responseEvent(session: CodexSession, { id, used, time, model: stated }: CodexResponse) {
  const model = modelOf([stated, session.model], 'turn_context.model');
  return usageEvent({
    id,
    ...time,
    model,
    provider: providerOf(model, textOf(session.provider, 'session_meta.model_provider')),
    origin: originOfFolder(session.folder, 'cwd'),
    agent: 'codex',
    session: session.id,
    tokens: classesOf(used),
    mode: modeOfSession(session),
  });
}

/** The session and its running total. */
export const idOf = ({ id, restarts }: CodexSession, total: Totals): string =>
  [id, ...(restarts === 0 ? [] : [`restart-${restarts}`]), totalsKey(total)].join(':');

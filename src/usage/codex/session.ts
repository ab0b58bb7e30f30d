import type { Mode } from '../../pricing/price.js';
import { type Fields, fieldsAt, textOf, valueAt } from '../reading/fields.js';
import { modeOf } from '../reading/mode.js';
import { parseTime } from '../time/record-time.js';
import type { CompactionState } from './compaction.js';
import type { Totals } from './totals.js';

/** What the lines read so far tell of a session; a rollout file is one session. */
export interface CodexSession {
  id: string;
  /** False until its own `session_meta` was read: the file's name stands for it. */
  isNamed: boolean;
  /** While a copied history is read: when its last line was written, ms; `null`: what follows is the session's own. */
  copiedAt: number | null;
  model: unknown;
  provider: unknown;
  folder: unknown;
  tier: unknown;
  totals: Totals | null;
  /** How often the totals fell. */
  restarts: number;
  readonly compaction: CompactionState;
}

/** @param fileName  `rollout-2026-10-05T08-00-00-<uuid>.jsonl`, or any other */
export const openSession = (fileName: string): CodexSession => ({
  id: sessionOfFile(fileName),
  isNamed: false,
  copiedAt: null,
  model: null,
  provider: null,
  folder: null,
  tier: null,
  totals: null,
  restarts: 0,
  compaction: { request: null, compactedBy: null },
});

function sessionOfFile(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1)!;
  return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(base)?.[0] ?? base.replace(/(\.jsonl?)?(\.gz)?$/i, '');
}

/**
 * Reads `session_meta`. The first is the session's own; a fork repeats the history of its parent after it, with the
 * parent's `session_meta` and with new times, so that what follows at once is no usage of this session.
 */
export function readSessionMeta(session: CodexSession, line: Fields, payload: Fields): void {
  if (session.isNamed) return;
  session.isNamed = true;
  session.id = textOf(valueAt(payload, 'id'), 'payload.id') ?? session.id;
  session.provider = valueAt(payload, 'model_provider');
  session.folder = valueAt(payload, 'cwd');
  if (parentOf(payload) !== null) session.copiedAt = parseTime(valueAt(line, 'timestamp'), 'UTC', 'timestamp').at;
}

/** The session it was forked from, or that spawned it with its history; `null`: it began on its own. */
function parentOf(payload: Fields): string | null {
  const spawn = ['source', 'subagent', 'thread_spawn'].reduce<Fields>((at, name) => fieldsAt(at, name) ?? {}, payload);
  const named = valueAt(payload, 'forked_from_id') ?? valueAt(spawn, 'parent_thread_id');
  return textOf(named, 'session_meta.forked_from_id');
}

/** Reads `turn_context`, which names the model of the turn. */
export function readTurn(session: CodexSession, payload: Fields): void {
  session.model = valueAt(payload, 'model') ?? session.model;
  session.folder = valueAt(payload, 'cwd') ?? session.folder;
}

/** A change of settings without a tier says nothing of it. */
export function readSettings(session: CodexSession, payload: Fields): void {
  const settings = fieldsAt(payload, 'thread_settings');
  session.tier = (settings === null ? null : valueAt(settings, 'service_tier')) ?? session.tier;
}

/** Longest pause, ms, between two lines of a copied history, which is written in one go. */
const COPY_PAUSE_MS = 1000;

/** Whether a line of usage written at `at` repeats the history of the session's parent. */
export function isCopied(session: CodexSession, at: number): boolean {
  if (session.copiedAt === null) return false;
  const copied = at - session.copiedAt <= COPY_PAUSE_MS;
  session.copiedAt = copied ? Math.max(at, session.copiedAt) : null;
  return copied;
}

/** Codex calls OpenAI's priority tier fast. Throws BAD_FIELD for a tier that is not known. */
export const modeOfSession = ({ tier }: CodexSession): Mode =>
  modeOf(tier === 'fast' ? 'priority' : tier, null) ?? 'standard';

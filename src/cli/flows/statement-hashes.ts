/** What a statement is told apart by: SHA-256, in hex, of canonical texts. The same usage has the same hashes anywhere. */

import { createHash } from 'node:crypto';
import { parseJsonLine } from '../../files/parse-json-line.js';
import type { ImportRef } from '../../hub/closing/closing-content.js';
import { canonicalLines, canonicalPrices } from '../../hub/statement/canonical-lines.js';
import type { MeterLine } from '../../hub/statement/meter-line.js';
import type { ToldHashes } from '../../hub/statement/statement-told.js';
import { formatDecimal } from '../../pricing/decimal.js';
import { type DatedRate, OLDEST_RATE_DAYS } from '../../pricing/exchange.js';
import { compactJson } from '../../render/json.js';
import type { Window } from '../../report/query.js';

interface Hashed {
  /** The unit's. */
  readonly lines: readonly MeterLine[];
  readonly window: Window;
  /** Those that reach into the period. */
  readonly imports: readonly ImportRef[];
  /** Hash of the rules in force. */
  readonly rules: string | null;
  /** `null`: nothing is converted, and none were frozen. */
  readonly rates: readonly DatedRate[] | null;
}

export const statementHashes = ({ lines, window, imports, rules, rates }: Hashed): ToldHashes => ({
  rows: sha256(canonicalLines(lines)),
  imports: sha256(filesOf(imports)),
  rules,
  prices: sha256(canonicalPrices(lines)),
  rates: rates === null ? null : sha256(canonicalRates(rates, window)),
});

/**
 * Of everything a statement says, however its JSON is written: that tokenhub, which may be another version, and what
 * follows from this hash are not in it.
 */
export function contentHash(statement: object): string {
  const { schema: _, tokenhub: __, number: ___, ...content } = parseJsonLine(compactJson(statement)) as Content;
  const { statement: ____, ...hashes } = content.hashes;
  return sha256(JSON.stringify({ ...content, hashes }));
}

type Content = Readonly<Record<string, unknown>> & { readonly hashes: Readonly<Record<string, unknown>> };

/** Digits of the hash a statement is called by. */
const NUMBER_LENGTH = 12;

export const statementNumber = (hash: string): string => hash.slice(0, NUMBER_LENGTH);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A day of another zone begins up to 26 hours off. */
const SLACK_MS = 26 * 3_600_000;

/** Hashes of the files, each once, in an order of their own. */
const filesOf = (imports: readonly ImportRef[]): string =>
  [...new Set(imports.map(({ sha256: hash }) => `${hash}\n`))].sort().join('');

/** Before a period, rates of these days may stand for its first ones. */
const OLDEST_RATE_MS = OLDEST_RATE_DAYS * 86_400_000;

function canonicalRates(rates: readonly DatedRate[], { from, to }: Window): string {
  const first = new Date((from ?? 0) - OLDEST_RATE_MS - SLACK_MS).toISOString().slice(0, 10);
  const last = new Date((to ?? 0) + SLACK_MS).toISOString().slice(0, 10);
  const lines = rates
    .filter(({ date }) => first <= date && date <= last)
    .map(({ date, base, quote, rate, source }) => JSON.stringify([date, base, quote, formatDecimal(rate), source]));
  return lines.sort().join('\n');
}

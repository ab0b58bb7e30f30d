/** What is told of a figure, from what the ledger and the price lists know. */

import { explain } from '../../hub/why/explain.js';
import { figureText } from '../../hub/why/figure.js';
import type { ListedPrice, PricedTrace } from '../../hub/why/listed-price.js';
import type { Share } from '../../hub/why/share.js';
import type { TracedEvent } from '../../ledger/trace-query.js';
import { formatDecimal } from '../../pricing/decimal.js';
import { formatPico } from '../../pricing/money.js';
import type { WhyBody, WhyEvent, WhyRecording } from '../../render/why-body.js';
import { isoText } from '../../report/query-echo.js';
import type { ReportBody } from '../../report/report-body.js';
import type { Recording } from '../../usage/recording.js';
import type { WhyFacts } from './why-facts.js';
import { notesOf } from './why-notes.js';
import type { WhyQuery } from './why-query.js';

/**
 * The figure and its parts, which add up to it.
 *
 * @param listed  the price that lists have for what a computed cost was computed at
 */
export function whyBody(
  asked: WhyQuery,
  facts: WhyFacts,
  { rows, listed }: { readonly rows: number; readonly listed: (trace: PricedTrace) => ListedPrice },
): WhyBody {
  const { from, to, tz, cost, units, models, filters } = facts.report.query;
  const { share, recordings, ...explanation } = explain({ ...facts, listed });
  refuseOtherSum(share, facts.report);
  const { metrics: _, ...figures } = facts.report.totals;
  const events = facts.events.map(eventOf(facts));
  return {
    query: { figure: figureText(asked.figure), from, to, tz, cost, units, models, filters, stage: asked.stage, rows },
    total: { events: share.events, ...figures },
    recordings: recordingsOf(facts.report, recordings),
    ...explanation,
    rows: events,
    notes: notesOf(asked, facts.report),
  };
}

/** What is told apart must be what a report tells as a whole; all else is a defect. */
function refuseOtherSum({ tokens, cost }: Share, { totals }: ReportBody): void {
  const [parts, whole] = [JSON.stringify(cost), JSON.stringify(totals.cost)];
  if (tokens !== (totals.tokens.total ?? 0n) || parts !== whole)
    throw new Error(`the parts (${tokens} tokens, ${parts}) are not the figure (${totals.tokens.total}, ${whole})`);
}

const NOTHING: Share = { events: 0n, tokens: 0n, cost: {} };

/** Every recording of the period, as one that holds nothing of the selection may be why it has no cost. */
function recordingsOf(
  { query: { recordings } }: ReportBody,
  shares: readonly (Recording & Share & { leftOut: Share })[],
) {
  const isSame = (a: Recording, b: Recording) => a.role === b.role && a.source === b.source && a.account === b.account;
  return recordings.map((use): WhyRecording => {
    const { events, tokens, cost, leftOut } = shares.find((each) => isSame(each, use)) ?? {
      ...NOTHING,
      leftOut: NOTHING,
    };
    const others = recordings.filter((other) => !isSame(other, use) && other.account === use.account);
    const { role, source, account, used } = use;
    return {
      ...{ role, source, account, used, events, tokens, cost, leftOut },
      instead: leftOut.events === 0n ? [] : others.filter((other) => other.used !== 'none').map(recordingOf),
      twins: use.leftOut.twins.events,
    };
  });
}

const recordingOf = ({ role, source, account }: Recording): Recording => ({ role, source, account });

const eventOf =
  ({ imports }: WhyFacts) =>
  ({ entry, cost, alsoIn, ...traced }: TracedEvent): WhyEvent => {
    const { event, recording, unit, computed } = entry;
    const fileOf = (id: number) => imports.find((each) => each.id === id)!;
    const { path, sha256 } = fileOf(traced.import);
    const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = event.tokens;
    const counts = [input, cacheRead, cacheWrite5m, cacheWrite1h, output];
    return {
      ...{ file: path, line: entry.record, import: traced.import, sha256, ...recording },
      id: event.id,
      time: isoText(event.at)!,
      until: isoText(event.until),
      ...{ model: event.model, provider: event.provider, unit, charge: event.charge, requests: event.requests },
      tokens: {
        ...{ input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning },
        total: counts.reduce<bigint>((sum, count) => sum + BigInt(count ?? 0), 0n),
      },
      quantities: Object.fromEntries(
        Object.entries(event.quantities).map(([name, units]) => [name, formatDecimal({ units, scale: 6 })]),
      ),
      cost: cost === null ? null : { kind: cost.kind, currency: cost.currency, amount: formatPico(cost.pico) },
      reason: cost !== null || computed.known ? null : computed.reason,
      alsoIn: alsoIn.map(({ import: id, line }) => ({ import: id, file: fileOf(id).path, line })),
    };
  };

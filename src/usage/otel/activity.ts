import type { UsageEvent } from '../event.js';
import { valueAt } from '../reading/fields.js';
import type { Span } from './spans.js';

/** In millionths, as every quantity. */
const ONE = 1_000_000n;

const isAgent = ({ attributes }: Span): boolean =>
  attributes.get('gen_ai.operation.name') === 'invoke_agent' || attributes.get('gen_ai.span.kind') === 'AGENT';

const isTool = ({ attributes }: Span): boolean =>
  attributes.get('gen_ai.operation.name') === 'execute_tool' || attributes.get('gen_ai.span.kind') === 'TOOL';

/**
 * Runs of agents (spans of an agent with none above) and calls of tools, as quantities of one leaf each: of those beneath
 * the run the first of that agent itself, else the first. A leaf is imported once however often its file is, and so are
 * they. A tool outside of every run counts with the first leaf of its trace; without a leaf there is no usage to count with.
 *
 * @param leaves  the spans whose usage counts
 * @param above   the spans above one in its document, nearest first
 */
export function activityOf(
  spans: readonly Span[],
  leaves: readonly Span[],
  above: (span: Span) => readonly Span[],
): ReadonlyMap<Span, UsageEvent['quantities']> {
  const active = spans.filter((span) => isAgent(span) || isTool(span));
  if (active.length === 0) return new Map();
  const runOf = (span: Span) => [span, ...above(span)].filter(isAgent).at(-1) ?? null;
  const placeOf = (span: Span) => runOf(span)?.key ?? `trace ${traceOf(span)}`;
  const first = new Map<string, Span>();
  const offer = (place: string, leaf: Span): void => {
    const best = first.get(place);
    if (best === undefined || isBefore(rankOf(leaf), rankOf(best))) first.set(place, leaf);
  };
  const rankOf = (leaf: Span): Rank => [
    ...([[leaf, ...above(leaf)].find(isAgent) === runOf(leaf) ? 0 : 1, startOf(leaf), leaf.key] as const),
  ];
  for (const leaf of leaves.filter(({ key }) => key !== '')) {
    offer(placeOf(leaf), leaf);
    offer(`trace ${traceOf(leaf)}`, leaf);
  }
  const activity = new Map<Span, Record<string, bigint>>();
  const count = (name: 'agent_run' | 'tool_call', leaf: Span | undefined): void => {
    if (leaf === undefined) return;
    const quantities = activity.get(leaf) ?? {};
    activity.set(leaf, { ...quantities, [name]: (quantities[name] ?? 0n) + ONE });
  };
  for (const span of active) {
    if (runOf(span) === span) count('agent_run', first.get(placeOf(span)));
    if (isTool(span)) count('tool_call', first.get(placeOf(span)));
  }
  return activity;
}

type Rank = readonly [other: number, start: string, key: string];

/** Starts are digits, compared by length first. */
const isBefore = ([otherA, startA, keyA]: Rank, [otherB, startB, keyB]: Rank): boolean => {
  if (otherA !== otherB) return otherA < otherB;
  if (startA !== startB) return startA.length === startB.length ? startA < startB : startA.length < startB.length;
  return keyA < keyB;
};

const startOf = ({ fields }: Span): string => String(valueAt(fields, 'startTimeUnixNano') ?? '');

const traceOf = ({ fields }: Span): string => String(valueAt(fields, 'traceId') ?? '');

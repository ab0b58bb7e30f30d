/** The first events of files, as a sheet. */

import { counted } from './counted.js';
import { lowestTierText } from './lowest-tier.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';

/** One event as it would be imported; amounts are decimal text. */
export interface PreviewEvent {
  /** Line or row of the file. */
  readonly line: number;
  /** `null`: the record states none, and is keyed by its content. */
  readonly id: string | null;
  /** Instant in UTC; of a daily bucket its date. */
  readonly time: string;
  readonly model: string;
  readonly provider: string;
  readonly account: string;
  readonly unit: string | null;
  readonly requests: number;
  readonly tokens: Readonly<Record<'input' | 'cacheRead' | 'cacheWrite' | 'output' | 'reasoning', number | null>>;
  readonly cost: {
    readonly amount: string;
    readonly currency: string;
    readonly kind: 'billed' | 'computed';
  } | null;
  /** What the record says it cost, where that is no bill. */
  readonly claimed: { readonly amount: string; readonly currency: string } | null;
  /** Why there is no cost; `null`: there is one. */
  readonly unpriced: string | null;
  /** Upper bound of the tier, where a bucket was priced at the lowest one; `null`: at its own. */
  readonly lowestTier: number | null;
}

/** Body of `import --preview --format json`. */
export interface PreviewBody {
  readonly files: readonly {
    readonly path: string;
    /** `null`: the file is empty. */
    readonly source: string | null;
    readonly role: string | null;
    /** Records read for it, and those of them without usage. */
    readonly read: number;
    readonly skipped: number;
    readonly events: readonly PreviewEvent[];
    readonly rejects: readonly {
      readonly line: number;
      readonly field: string | null;
      readonly reason: string;
      readonly hint: string;
    }[];
  }[];
}

type PreviewFile = PreviewBody['files'][number];

export function previewSheet({ files }: PreviewBody): Sheet {
  const [only] = files.length === 1 ? files : [];
  return {
    title: only === undefined ? null : `${only.path}: ${kindOf(only)}`,
    columns: [column('file', 'file', 'text', only === undefined ? 'always' : 'export'), ...COLUMNS],
    rows: files.flatMap(({ path, events }) => events.map((event) => [path, ...cellsOf(event)])),
    totals: null,
    above: only === undefined ? files.map((file) => `${file.path}: ${kindOf(file)}`) : [],
    below: [...files.flatMap(linesBelow), 'a preview: nothing was imported'],
  };
}

const kindOf = ({ source, role }: PreviewFile): string =>
  source === null ? 'is empty' : `source ${source}, role ${role}`;

const COLUMNS: readonly Column[] = [
  column('line', 'line', 'count', 'wide'),
  column('time', 'time', 'text'),
  column('model', 'model', 'text'),
  column('provider', 'provider', 'text', 'wide'),
  column('unit', 'unit', 'text', 'wide'),
  column('requests', 'requests', 'count', 'export'),
  column('input', 'input', 'count'),
  column('cache_read', 'cached input', 'count'),
  column('cache_write', 'cache write', 'count'),
  column('output', 'output', 'count'),
  column('reasoning', 'reasoning', 'count', 'wide'),
  column('cost', 'cost', 'decimal'),
  column('currency', 'currency', 'text'),
  column('kind', 'kind', 'text'),
  column('id', 'id', 'text', 'wide'),
];

const cellsOf = ({ line, time, model, provider, unit, requests, tokens, cost, id }: PreviewEvent): SheetCell[] => [
  ...[line, time, model, provider, unit, requests],
  ...[tokens.input, tokens.cacheRead, tokens.cacheWrite, tokens.output, tokens.reasoning],
  ...[cost?.amount ?? null, cost?.currency ?? null, cost?.kind ?? null, id],
];

function linesBelow({ path, read, skipped, events, rejects }: PreviewFile): string[] {
  const reasons = new Map<string, Set<string>>();
  for (const { unpriced, model } of events)
    if (unpriced !== null) reasons.set(unpriced, (reasons.get(unpriced) ?? new Set()).add(model));
  const lowest = new Map<number, Set<string>>();
  for (const { lowestTier, model } of events)
    if (lowestTier !== null) lowest.set(lowestTier, (lowest.get(lowestTier) ?? new Set()).add(model));
  return [
    ...rejects.map(
      ({ line, field, reason, hint }) => `${path}:${line}: ${field === null ? '' : `${field}: `}${reason}; ${hint}`,
    ),
    ...[...reasons].map(([reason, models]) => `unpriced: ${[...models].join(', ')}: ${reason}`),
    ...[...lowest].map(([upTo, models]) => `lowest tier: ${[...models].join(', ')}: ${lowestTierText(upTo)}`),
    ...(events.length === 0 && read > 0
      ? [`${path}: ${counted(BigInt(read), 'record')} read, ${skipped.toLocaleString('en-US')} without usage`]
      : []),
  ];
}

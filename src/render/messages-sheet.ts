/** Counted messages as a sheet: a line per message, or per request where a file holds many; every model's lines below each other. */

import { counted } from './counted.js';
import type { Column, Sheet } from './sheet.js';

export interface CountedMessages {
  readonly model: string | null;
  readonly encoding: string | null;
  readonly method: 'exact' | 'approximate';
  readonly band: readonly [low: number, high: number] | null;
  readonly format: string;
  readonly doubts: readonly string[];
  readonly complete: boolean;
  readonly total: Figures & { readonly requests: number; readonly uncounted: number };
  readonly rows: readonly (Figures & {
    readonly path: string;
    readonly line: number;
    readonly part: string;
    readonly index: number | null;
    readonly role: string | null;
  })[];
}

interface Figures {
  readonly tokens: number;
  readonly text: number;
  readonly images: number;
  readonly overhead: number;
}

export function messagesSheet(counts: readonly CountedMessages[]): Sheet {
  const isOneModel = counts.length === 1;
  const files = new Set(counts.flatMap(({ rows }) => rows.map(({ path }) => path)));
  return {
    title: null,
    columns: [
      column('model', 'left', 'text', isOneModel ? 'export' : 'always'),
      column('file', 'left', 'text', files.size === 1 ? 'export' : 'always'),
      column('part', 'left', 'text'),
      column('role', 'left', 'text'),
      ...(['text', 'images', 'overhead', 'tokens'] as const).map((key) => column(key, 'right', 'count')),
    ],
    rows: counts.flatMap((count) =>
      count.rows.map((row) => [nameOf(count), row.path, partOf(row), row.role, ...figuresOf(row)]),
    ),
    totals: isOneModel ? totalsOf(counts[0]!) : null,
    above: [],
    below: counts.flatMap((count) => [...(isOneModel ? [] : [totalLine(count)]), methodLine(count)]),
  };
}

const figuresOf = ({ text, images, overhead, tokens }: Figures): number[] => [text, images, overhead, tokens];

const totalsOf = ({ total, complete }: CountedMessages) => [
  null,
  null,
  `total, ${counted(BigInt(total.requests), 'request')}${complete ? '' : ', not complete'}`,
  null,
  ...figuresOf(total),
];

const totalLine = (count: CountedMessages): string =>
  `${nameOf(count)}: ${counted(BigInt(count.total.tokens), 'token')} in ${counted(BigInt(count.total.requests), 'request')}${count.complete ? '' : ', not complete'}`;

const partOf = ({ part, index, line }: CountedMessages['rows'][number]): string =>
  part === 'request' ? `line ${line}` : index === null ? part : `${part} ${index}`;

const nameOf = ({ model, encoding }: CountedMessages): string => model ?? encoding ?? '';

function methodLine(count: CountedMessages): string {
  const { encoding, method, band, format, doubts } = count;
  const head = `${nameOf(count)}: ${format}, ${encoding}${band === null ? '' : ' scaled'}, ${method}`;
  const percent = (factor: number) => `${factor >= 1 ? '+' : '-'}${Math.round(Math.abs(factor - 1) * 100)}%`;
  const within = band === null ? [] : [`text within ${percent(band[0])} to ${percent(band[1])}`];
  const why = [...within, ...doubts];
  return why.length === 0 ? head : `${head}: ${why.join('; ')}`;
}

const column = (
  key: string,
  align: Column['align'],
  kind: Column['kind'],
  show: Column['show'] = 'always',
): Column => ({
  key,
  title: key,
  align,
  kind,
  show,
});

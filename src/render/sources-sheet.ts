/** The sources of usage records as sheets: the list of them, and one explained. */

import type { Role, Stage } from '../usage/event.js';
import type { RecordKind } from '../usage/source.js';
import { type Column, column, type Sheet } from './sheet.js';

/** One source and one kind of its files. */
export interface SourceFacts {
  readonly name: string;
  readonly title: string;
  readonly kind: RecordKind;
  readonly role: Role;
  readonly stage: Stage;
  /** Account of records that name none; `null`: the provider's name. */
  readonly account: string | null;
  readonly key: string;
  /** Columns or fields, as the format spells them. */
  readonly reads: readonly string[];
  readonly documentation: string;
}

/** All sources, a row each. */
export const sourcesSheet = (sources: readonly SourceFacts[]): Sheet => ({
  title: null,
  columns: LIST_COLUMNS,
  rows: sources.map(({ name, title, kind, role, stage, key, account, reads, documentation }) => [
    name,
    title,
    kind,
    role,
    stage,
    key,
    account,
    reads.join(' '),
    documentation,
  ]),
  totals: null,
  above: [],
  below: [KINDS, 'what one reads: tokenhub sources <name>'],
});

/** One source, a row for each column or field it reads; `sources` has one entry per kind of its files. */
export function sourceSheet(sources: readonly SourceFacts[]): Sheet {
  const fields = [...new Set(sources.flatMap(({ reads }) => reads))];
  const kindsOf = (field: string) => sources.filter(({ reads }) => reads.includes(field)).map(({ kind }) => kind);
  return {
    title: sources[0]?.name ?? null,
    columns: FIELD_COLUMNS,
    rows: fields.map((field) => [field, kindsOf(field).join(', ')]),
    totals: null,
    above: sources.flatMap(factLines),
    below: [],
  };
}

const factLines = ({ title, kind, role, stage, account, key, documentation }: SourceFacts): string[] => [
  `${title} (${kind})`,
  `role: ${role} (stage ${stage}), unless --role says another`,
  `key: ${key}`,
  `account: as the record says, else --account, else ${account ?? "the provider's name"}`,
  `documentation: ${documentation}`,
];

/** What the kinds of `usage/source.ts` are to people. */
const KINDS = 'table: rows by column name; json: JSON lines, an array or one document; metrics: Prometheus text';

const LIST_COLUMNS: readonly Column[] = [
  column('source', 'source', 'text'),
  column('title', 'title', 'text'),
  column('kind', 'kind', 'text'),
  column('role', 'role', 'text'),
  column('stage', 'stage', 'text'),
  column('key', 'key', 'text'),
  column('account', 'account', 'text', 'export'),
  column('reads', 'reads', 'text', 'export'),
  column('documentation', 'documentation', 'text', 'wide'),
];

const FIELD_COLUMNS: readonly Column[] = [column('reads', 'reads', 'text'), column('kind', 'kind', 'text')];

import { expect, test } from 'vitest';
import * as alikes from '../../../src/usage/own-format/alike.js';
import { FIELD, type FieldNumber } from '../../../src/usage/own-format/columns.js';
import type { Alike, OwnRow } from '../../../src/usage/own-format/row.js';

const ALL: Readonly<Record<string, Alike<unknown>>> = alikes;

/** A row that notes which cells are read. */
function notingRow(read: Set<FieldNumber | 'tags'>): OwnRow {
  const note = (field: FieldNumber) => {
    read.add(field);
    return field === FIELD.service_tier ? 'batch' : 'x';
  };
  const row = {
    cell: note,
    text: note,
    field: String,
    tags: () => {
      read.add('tags');
      return {};
    },
    alike: <Made>(of: Alike<Made>) => of.make(row as unknown as OwnRow),
  };
  return row as unknown as OwnRow;
}

test.each(Object.entries(ALL))('%s is made of the cells it is known by, and of no others', (_, alike) => {
  const read = new Set<FieldNumber | 'tags'>();
  alike.make(notingRow(read));
  expect([...read].sort()).toEqual([...alike.fields, ...(alike.tags ? ['tags'] : [])].sort());
});

test('each has a place of its own', () => {
  const places = Object.values(ALL).map(({ place }) => place);
  expect(places.sort()).toEqual([0, 1, 2, 3, 4]);
});

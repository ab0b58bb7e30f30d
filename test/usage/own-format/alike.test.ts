import { expect, test } from 'vitest';
import * as alikes from '../../../src/usage/own-format/alike.js';
import { OWN_FIELDS, type OwnField } from '../../../src/usage/own-format/columns.js';
import type { Alike, OwnRow } from '../../../src/usage/own-format/row.js';

const ALL: Readonly<Record<string, Alike<unknown>>> = alikes;

/** A row that notes which cells are read. */
function notingRow(read: Set<OwnField | 'tags'>): OwnRow {
  const note = (name: OwnField) => {
    read.add(name);
    return name === 'service_tier' ? 'batch' : 'x';
  };
  const row = {
    cell: note,
    text: note,
    field: (name: OwnField) => name,
    tags: () => {
      read.add('tags');
      return {};
    },
    alike: <Made>(of: Alike<Made>) => of.make(row as unknown as OwnRow),
  };
  return row as unknown as OwnRow;
}

test.each(Object.entries(ALL))('%s is made of the cells it is known by, and of no others', (_, alike) => {
  const read = new Set<OwnField | 'tags'>();
  alike.make(notingRow(read));
  expect([...read].sort()).toEqual([...alike.fields, ...(alike.tags ? ['tags'] : [])].sort());
  expect(alike.fields.every((name) => OWN_FIELDS.includes(name))).toBe(true);
});

test('each has a place of its own', () => {
  const places = Object.values(ALL).map(({ place }) => place);
  expect(places.sort()).toEqual([0, 1, 2, 3, 4]);
});

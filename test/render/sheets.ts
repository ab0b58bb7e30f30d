/** Sheets for tests of the render room. */

import type { Column, Sheet } from '../../src/render/sheet.js';

export const column = (key: string, kind: Column['kind'], more: Partial<Column> = {}): Column => ({
  key,
  title: key,
  align: kind === 'text' ? 'left' : 'right',
  kind,
  show: 'always',
  ...more,
});

export const sheet = (facts: Partial<Sheet>): Sheet => ({
  title: null,
  columns: [column('name', 'text')],
  rows: [],
  totals: null,
  above: [],
  below: [],
  ...facts,
});

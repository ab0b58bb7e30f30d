import type { Origin } from '../event.js';
import { ownText } from '../own-text.js';
import { statedUnit } from '../reading/stated-unit.js';
import type { OwnRow } from './row.js';

const ORIGINS_REMEMBERED = 100_000;
/** Origins compared for one last cell. */
const COMPARED = 32;

/** Reads origins; one object stands for all rows that are alike in it. They are looked up by the last cell, then compared. */
export function originReader(): (row: OwnRow) => Origin {
  let known = new Map<string, { readonly cells: readonly string[]; readonly origin: Origin }[]>();
  let count = 0;
  return (row) => {
    const last = row.lastAlike();
    if (last === undefined) return originOf(row);
    const candidates = known.get(last) ?? [];
    for (const { cells, origin } of candidates) if (row.isAlike(cells)) return origin;
    const origin = ownOrigin(originOf(row));
    if (++count > ORIGINS_REMEMBERED) [known, count] = [new Map(), 1];
    known.set(ownText(last), [...candidates, { cells: row.alikeCells().map(ownText), origin }].slice(-COMPARED));
    return origin;
  };
}

/** Remembered for long, see `own-text.ts`. */
const ownOrigin = ({ tags, ...fields }: Origin): Origin => ({
  ...(ownTexts(fields) as Omit<Origin, 'tags'>),
  tags: ownTexts(tags) as Origin['tags'],
});

const ownTexts = (texts: Readonly<Record<string, string | null>>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text === null ? null : ownText(text)]));

const originOf = (row: OwnRow): Origin => ({
  unit: statedUnit(row.text('unit')),
  key: row.text('key'),
  workspace: row.text('workspace'),
  project: row.text('project'),
  team: row.text('team'),
  user: row.text('user'),
  service: row.text('service'),
  consumer: row.text('consumer'),
  path: null,
  tags: row.tags(),
});

import type { Origin } from '../../usage/event.js';

/** The row of an origin; `tags` is canonical JSON: an object of strings, names in code unit order. */
export type OriginRow = Omit<Origin, 'tags'> & { readonly tags: string };

/** In the order of the table's columns. */
export const originValues = (o: Origin): (string | null)[] => [
  o.unit,
  o.key,
  o.workspace,
  o.project,
  o.team,
  o.user,
  o.service,
  o.consumer,
  o.path,
  tagsText(o.tags),
];

export const originFrom = ({
  unit,
  key,
  workspace,
  project,
  team,
  user,
  service,
  consumer,
  path,
  tags,
}: OriginRow): Origin => ({
  unit,
  key,
  workspace,
  project,
  team,
  user,
  service,
  consumer,
  path,
  tags: JSON.parse(tags),
});

/** Written member by member: assigning a tag named `__proto__` to an object would lose it. */
const tagsText = (tags: Origin['tags']): string =>
  `{${Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',')}}`;

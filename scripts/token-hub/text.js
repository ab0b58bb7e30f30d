/** Text formats that several of the systems write. */

export const csv = (header, rows) =>
  `${[header, ...rows.map((row) => header.map((name) => row[name] ?? ''))].map((cells) => cells.join(',')).join('\n')}\n`;

export const jsonLines = (records) => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;

/** Values of equal keys together, in the order in which keys came. */
export function grouped(records, keyOf) {
  const groups = new Map();
  for (const record of records) {
    const key = keyOf(record);
    if (groups.has(key)) groups.get(key).push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

export const sumOf = (records, countOf) => records.reduce((sum, record) => sum + countOf(record), 0);

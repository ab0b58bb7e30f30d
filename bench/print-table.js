/** Prints rows of cells under a header; the first column to the left, all others to the right. */
export function printTable(header, rows) {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const pad = (cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  for (const row of all) console.log(row.map(pad).join('   ').trimEnd());
}

/** A figure in three digits: 123, 12.3, 1.23. */
export const threeDigits = (number) => number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0);

/** `--rows 1m|10m|200k`, repeatable or with commas, as numbers of rows. */
export function sizesOf(texts) {
  const sizes = texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const [, digits, unit] = /^(\d+)([km])$/.exec(text) ?? [];
      return Number(digits) * (unit === 'm' ? 1_000_000 : 1000);
    });
  if (sizes.every((rows) => rows > 0)) return [...new Set(sizes)].sort((a, b) => a - b);
  console.error(`--rows: write a number of rows as 1m or 200k, not ${texts.join(', ')}`);
  process.exit(2);
}

/** From here on the bars are judged; smaller logs only show that the bench works. */
export const JUDGED_FROM = 1_000_000;

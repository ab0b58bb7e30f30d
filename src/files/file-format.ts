/** What a usage file is by its first bytes, whatever it is called. */
export type FileFormat = 'gzip' | 'zstd' | 'zip' | 'sqlite' | 'parquet' | 'archive' | 'other';

/** First bytes that are enough to tell. */
export const MAGIC_BYTES = 16;

/** As hex digits, a point for any. `archive`: bzip2, xz and 7z, which are not read. */
const MAGICS: readonly (readonly [magic: string, format: FileFormat])[] = [
  ['1f8b', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['5.2a4d18', 'zstd'], // a frame to be skipped comes first
  ['504b0304', 'zip'],
  ['504b0506', 'zip'], // without members
  ['504b0708', 'zip'], // the first part of several
  ['53514c69746520666f726d6174203300', 'sqlite'], // `SQLite format 3` and a zero
  ['50415231', 'parquet'],
  ['50415245', 'parquet'], // with an encrypted footer
  ['425a68', 'archive'],
  ['fd377a58', 'archive'],
  ['377abcaf', 'archive'],
];

/** @param head  the first `MAGIC_BYTES` bytes, or all there are */
export function formatOf(head: Uint8Array): FileFormat {
  const hex = Buffer.from(head.subarray(0, MAGIC_BYTES)).toString('hex');
  return MAGICS.find(([magic]) => new RegExp(`^${magic}`).test(hex))?.[1] ?? 'other';
}

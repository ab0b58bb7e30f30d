import { createHash } from 'node:crypto';

/** The id git would give these bytes: SHA-1 or SHA-256, as long as `like`, of a header and the bytes. Source: git-hash-object(1). */
export const blobId = (bytes: Uint8Array, like: string): string =>
  createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');

/** Bytes; pointers are smaller. Source: git-lfs, docs/spec.md. */
const LARGEST_POINTER = 1024;

/** Versions of the specification that git-lfs reads. Source: git-lfs, lfs/pointer.go. */
const POINTER_VERSIONS = new Set([
  'https://git-lfs.github.com/spec/v1',
  'https://hawser.github.com/spec/v1',
  'http://git-media.io/v/2',
]);

/**
 * SHA-256 of the content that a pointer of Git LFS stands for; `null`: it is no pointer. Empty lines, blanks at the ends and
 * line ends of Windows make no difference to git-lfs, and none here.
 */
export function lfsContentOf(bytes: Uint8Array): string | null {
  if (bytes.length > LARGEST_POINTER) return null;
  const lines = Buffer.from(bytes).toString('latin1').trim().split(/\r?\n/).filter(Boolean);
  const [first = '', ...others] = lines;
  if (!first.startsWith('version ') || !POINTER_VERSIONS.has(first.slice('version '.length))) return null;
  if (!others.every((line) => /^[a-z0-9.-]+ \S/.test(line))) return null;
  const oids = others.flatMap((line) => /^oid sha256:([0-9a-f]{64})$/i.exec(line)?.[1] ?? []);
  return oids[0]?.toLowerCase() ?? null;
}

/** Why a pointer in the work tree is not counted as the text that it stands for. */
export const NOT_CHECKED_OUT =
  'kept in Git LFS, and not checked out: run git lfs pull, in a job check out with lfs: true';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

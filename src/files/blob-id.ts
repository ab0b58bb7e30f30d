import { createHash } from 'node:crypto';

/** The id git would give these bytes: SHA-1 or SHA-256, as long as `like`, of a header and the bytes. Source: git-hash-object(1). */
export const blobId = (bytes: Uint8Array, like: string): string =>
  createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');

/** Bytes; pointers are smaller. Source: git-lfs, docs/spec.md. */
const LARGEST_POINTER = 1024;

/** SHA-256 of the content that a pointer of Git LFS stands for; `null`: it is no pointer. */
export function lfsContentOf(bytes: Uint8Array): string | null {
  if (bytes.length > LARGEST_POINTER) return null;
  const text = Buffer.from(bytes).toString('latin1');
  return (
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n/.exec(text)?.[1] ?? null
  );
}

/** Why a pointer in the work tree is not counted as the text that it stands for. */
export const NOT_CHECKED_OUT =
  'kept in Git LFS, and not checked out: run git lfs pull, in a job check out with lfs: true';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

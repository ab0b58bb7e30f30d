const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'name too long',
  EISDIR: 'is a folder',
  EIO: 'input/output error',
  EMFILE: 'too many open files',
  ENXIO: 'not a regular file',
};

/** Why the file system refused, in words without the path: `permission denied`. */
export function failureReason(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return REASONS[code] ?? code;
  return cause instanceof Error ? cause.message : String(cause);
}

/** True for the errors that mean: nothing is there. */
export const meansAbsent = (cause: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'ERR_INVALID_ARG_VALUE'].includes(String((cause as { code?: unknown } | null)?.code));

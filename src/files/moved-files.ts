import { gitOutput, runGit } from './git.js';
import type { Commit } from './git-tree.js';

/**
 * Files that the checked out commit has under another path than an earlier one, edited or not: old path to new one, both
 * relative to the top of the repository.
 *
 * @throws GIT_FAILED
 */
export function movedFiles({ root, id }: Commit): ReadonlyMap<string, string> {
  const args = (similarity: string) => [
    ...['diff-tree', '-r', '-z', '--name-status', '--no-ext-diff', '--no-textconv'],
    ...['--diff-filter=R', `--find-renames=${similarity}`, id, 'HEAD'],
  ];
  const similar = runGit(root, args('50%'));
  // A partial clone lacks what edited files are compared by: there those with equal bytes are told.
  const output = similar?.status === 0 ? similar.stdout : gitOutput(root, args('100%'));
  const fields = output.toString().split('\0');
  const moved = new Map<string, string>();
  for (let i = 0; i + 2 < fields.length; i += 3) moved.set(fields[i + 1]!, fields[i + 2]!);
  return moved;
}

import { TokenhubError } from '../../errors/tokenhub-error.js';
import { noUsageInside } from '../../errors/usage-files.js';
import { openZip } from '../../files/zip-archive.js';
import type { ZipMember } from '../../files/zip-directory.js';
import { visible } from '../../render/visible.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';
import { eachTable, type Made, type Make } from './each-table.js';
import type { FileName } from './import-source.js';
import { isDataName } from './planned-file.js';

/** Members left out that are named, per archive. */
const NAMED = 5;

export interface ArchiveFile {
  readonly path: string;
  readonly name: FileName;
  readonly dispose: () => Promise<void>;
}

/**
 * Plans every member of a zip archive that is a usage file, each a file of its own; the others are named in one note.
 *
 * @param make  plans one member, or throws why it is none
 * @throws UNRECOGNISED when no member is a usage file; whatever is wrong with the archive or with a member that is one
 */
export async function planArchive<T extends Made>(io: Io, archive: ArchiveFile, make: Make<T>): Promise<readonly T[]> {
  const { path, dispose } = archive;
  const { shown, typed } = archive.name;
  const { members, state } = await openZip(path, shown);
  const planned: T[] = [];
  const left: string[] = [];
  let hint: string | null = null;
  try {
    for (const member of members) {
      const name = { typed, shown: `${shown}/${visible(member.name)}` };
      const why = await leaving(member, async () => {
        const candidate = { path, name, member: { of: member, archive: state }, table: null, small: null, dispose };
        planned.push(...(await eachTable(candidate, make)));
      });
      if (why === null) continue;
      left.push(`${visible(member.name)} (${why.message})`);
      if (isDataName(member.name)) hint ??= why.hint;
    }
    if (planned.length === 0) throw noUsageInside(shown, left, hint);
    if (left.length > 0) warn(io, `${shown}: not read: ${named(left)}`);
    return planned;
  } catch (error) {
    for (const file of planned) await file.dispose();
    throw error;
  }
}

/** Plans a member; why it is left out, and what to do about it, or `null`. */
async function leaving(
  { name }: ZipMember,
  plan: () => Promise<void>,
): Promise<{ readonly message: string; readonly hint: string | null } | null> {
  if (/(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/.test(name)) return { message: 'of macOS', hint: null };
  try {
    await plan();
    return null;
  } catch (error) {
    if (error instanceof TokenhubError && meansOther(error.code, name)) return error;
    throw error;
  }
}

/** Errors that mean: the member is something else. A damaged file of data is an error, any other is just no usage file. */
const meansOther = (code: string, name: string): boolean =>
  ['UNRECOGNISED', 'WRONG_FILE_KIND', 'UNKNOWN_COLUMN'].includes(code) ||
  (!isDataName(name) && ['NOT_RECORDS', 'BAD_HEADER', 'INPUT_TOO_LARGE'].includes(code));

const named = (left: readonly string[]): string =>
  left.length <= NAMED ? left.join(', ') : `${left.slice(0, NAMED).join(', ')}, and ${left.length - NAMED} more`;

/** Zip archives as a whole. */

import type { FileHandle } from 'node:fs/promises';
import { cannotUnpack } from '../errors/file-formats.js';
import type { FileState } from './hash-file.js';
import { formatOfFile, openInput } from './input-bytes.js';
import { readZipDirectory, type ZipMember } from './zip-directory.js';
import { isBomb } from './zip-member.js';

/** @throws PATH_NOT_FOUND, FILE_UNREADABLE */
export const isZip = (path: string, name: string): Promise<boolean> =>
  withArchive(path, name, async (handle) => (await formatOfFile(handle)) === 'zip');

export interface ZipArchive {
  readonly state: FileState;
  /** Files, without folders, in the order of the directory. */
  readonly members: readonly ZipMember[];
}

/** @throws PATH_NOT_FOUND, FILE_UNREADABLE, BROKEN_ZIP, CANNOT_UNPACK */
export const openZip = (path: string, name: string): Promise<ZipArchive> =>
  withArchive(path, name, async (handle, state) => {
    const members = await readZipDirectory(handle, state.bytes, name);
    if (members.some((member) => member.name === '[Content_Types].xml'))
      throw cannotUnpack(name, 'it is a workbook or document of Office', 'save the sheet as CSV');
    const [bytes, packed] = (['bytes', 'packedBytes'] as const).map((field) =>
      members.reduce((sum, member) => sum + member[field], 0),
    );
    if (isBomb(bytes!, packed!))
      throw cannotUnpack(
        name,
        `its ${packed} bytes would become ${bytes}, as in an archive made to do harm`,
        'if you trust it, unpack it first: unzip FILE',
      );
    return { state, members };
  });

async function withArchive<T>(
  path: string,
  name: string,
  use: (handle: FileHandle, state: FileState) => Promise<T>,
): Promise<T> {
  const { handle, stats } = await openInput(path, name);
  try {
    return await use(handle, { bytes: stats.size, mtimeMs: stats.mtimeMs });
  } finally {
    await handle.close();
  }
}

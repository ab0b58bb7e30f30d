import type { FileHandle } from 'node:fs/promises';
import { formatOfFile, openInput } from './input-bytes.js';
import { readRange } from './raw-bytes.js';

/**
 * Those of some lengths at which a text that is not packed goes on in the middle of a line: neither what ends there nor
 * what begins there is a line break. Of what is packed: none.
 *
 * @param lengths  in bytes, above 0 and below that of the file
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE
 */
export async function goesOnInLine(path: string, name: string, lengths: readonly number[]): Promise<readonly number[]> {
  const { handle } = await openInput(path, name);
  try {
    if ((await formatOfFile(handle)) !== 'other') return [];
    const breaks = await lineBreaksOf(handle, name);
    const width = breaks[0].length;
    const isLineBreak = async (start: number): Promise<boolean> => {
      const found = await readRange(handle, name, { start, end: start + width });
      return breaks.some((each) => found.equals(each));
    };
    const cut: number[] = [];
    for (const length of lengths)
      if (length % width > 0 || !((await isLineBreak(length - width)) || (await isLineBreak(length)))) cut.push(length);
    return cut;
  } finally {
    await handle.close();
  }
}

/** `\n` and `\r` in the bytes of the text: of UTF-16, which its byte order mark tells, two for each. */
async function lineBreaksOf(handle: FileHandle, name: string): Promise<readonly [Buffer, Buffer]> {
  const mark = (await readRange(handle, name, { start: 0, end: 2 })).toString('hex');
  if (mark === 'fffe') return [Buffer.of(0x0a, 0), Buffer.of(0x0d, 0)];
  if (mark === 'feff') return [Buffer.of(0, 0x0a), Buffer.of(0, 0x0d)];
  return [Buffer.of(0x0a), Buffer.of(0x0d)];
}

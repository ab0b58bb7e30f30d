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
    const cut: number[] = [];
    for (const length of lengths) {
      const [last, next] = await readRange(handle, name, { start: length - 1, end: length + 1 });
      if (!isLineBreak(last) && !isLineBreak(next)) cut.push(length);
    }
    return cut;
  } finally {
    await handle.close();
  }
}

const isLineBreak = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d;

import { readFileSync } from 'node:fs';
import { packageFiles } from './package-files.js';
import { shuffled } from './random.js';

const LARGEST = 100_000;
const LONGEST_LINE = 500;

/** Whether somebody wrote it: minified code and embedded binaries have long lines, over which some peers take minutes. */
const isWritten = (text) => text.split('\n').every((line) => line.length <= LONGEST_LINE);

/** JavaScript and TypeScript files of installed packages, in a fixed mixed order. */
export function collectCode(bytes) {
  const files = packageFiles().filter(({ name, bytes }) => /\.[cm]?[jt]s$/.test(name) && bytes <= LARGEST);
  const texts = [];
  let size = 0;
  for (const { path } of shuffled(files)) {
    if (size >= bytes) break;
    const text = readFileSync(path, 'utf8');
    if (!isWritten(text)) continue;
    texts.push(text);
    size += Buffer.byteLength(text) + 1;
  }
  return texts.join('\n');
}

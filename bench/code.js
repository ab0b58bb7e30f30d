import { readFileSync } from 'node:fs';
import { packageFiles } from './package-files.js';
import { shuffled } from './random.js';

const LARGEST = 100_000;
const LONGEST_MEAN_LINE = 120;

/** Whether somebody wrote it: the lines of minified code are long. */
const isWritten = (text) => text.length / text.split('\n').length < LONGEST_MEAN_LINE;

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

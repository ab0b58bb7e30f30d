/**
 * A line on a terminal that is replaced in place; `''` takes it away. A line that wraps could not be taken away, so it is
 * cut to the terminal's width.
 *
 * @param columns  width of the terminal at the moment
 */
export function terminalLine(write: (text: string) => void, columns: () => number): (line: string) => void {
  let isShown = false;
  return (line) => {
    if (line !== '' || isShown) write(`\r\x1b[2K${cut(line, columns() - 1)}`);
    isShown = line !== '';
  };
}

/** At most so many columns; a character from the East Asian blocks or an emoji takes two. */
function cut(line: string, columns: number): string {
  let used = 0;
  let kept = '';
  for (const character of line) {
    used += character.codePointAt(0)! >= 0x2e80 ? 2 : 1;
    if (used > columns) break;
    kept += character;
  }
  return kept;
}

/** A line, or a row, of more characters is rejected, so that memory stays bounded whatever a file holds. */
export const LONGEST_RECORD = 16 * 1024 * 1024;

export interface Line {
  /** From 1. */
  readonly line: number;
  /** Without its line end (`\n` or `\r\n`); `null`: longer than `LONGEST_RECORD`. */
  readonly text: string | null;
}

/**
 * Splits text into lines; one batch per piece of text, blank lines left out.
 *
 * @param first  number of the line the text begins with
 * @param onEnd  told the number of the last line, which is empty where the text ends with a line break
 */
export async function* readLines(
  chunks: AsyncIterable<string>,
  first = 1,
  onEnd: (line: number) => void = () => {},
): AsyncGenerator<readonly Line[]> {
  let line = first;
  let rest: string | null = '';
  for await (const chunk of chunks) {
    const batch: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      addLine(batch, line++, joined(rest, chunk.slice(start, end)));
      rest = '';
      start = end + 1;
    }
    rest = joined(rest, chunk.slice(start));
    if (batch.length > 0) yield batch;
  }
  const last: Line[] = [];
  addLine(last, line, rest);
  if (last.length > 0) yield last;
  onEnd(line);
}

/** `null`: too long, and so is all that follows on the line. */
const joined = (rest: string | null, more: string): string | null =>
  rest === null || rest.length + more.length > LONGEST_RECORD ? null : rest + more;

function addLine(batch: Line[], line: number, text: string | null): void {
  const bare = text?.endsWith('\r') ? text.slice(0, -1) : text;
  if (bare === null || bare.trim() !== '') batch.push({ line, text: bare });
}

/** Says on a terminal what is being measured; the next line of standard output overwrites it. */
export function showProgress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text} …\r`);
}

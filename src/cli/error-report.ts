import { bug } from '../errors/command-line.js';
import { ExitCode, placeText, TokenhubError } from '../errors/tokenhub-error.js';
import { visible } from '../render/visible.js';
import type { Io } from './io.js';

/** Prints an error to `io.err`, as text or, when JSON output was asked for, as one JSON object; returns the exit code. */
export function reportError(error: unknown, argv: readonly string[], io: Io): ExitCode {
  const known = error instanceof TokenhubError ? error : bug(error);
  io.err(wantsJson(argv) ? `${jsonOf(known)}\n` : textOf(known));
  if (known.exitCode === ExitCode.bug) io.err(`${stackOf(error)}\n`);
  return known.exitCode;
}

function textOf(error: TokenhubError): string {
  const place = placeText(error.place);
  const head = place === '' ? error.message : `${place}: ${error.message}`;
  return `error: ${visible(head)}\n  ${visible(error.hint)}\n`;
}

function jsonOf({ code, message, place, hint }: TokenhubError): string {
  return JSON.stringify({ error: { code, message, ...place, hint } });
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Whether the arguments ask for JSON; read from them directly because they may not have parsed. */
const wantsJson = (argv: readonly string[]): boolean =>
  argv.some(
    (word, i) => word === '--json' || word === '--format=json' || (word === '--format' && argv[i + 1] === 'json'),
  );

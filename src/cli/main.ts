import { CommanderError } from 'commander';
import { usageError } from '../errors/command-line.js';
import { ExitCode } from '../errors/tokenhub-error.js';
import { reportError } from './error-report.js';
import type { Io } from './io.js';
import { buildProgram } from './program.js';

/**
 * Runs tokenhub: arguments (without node and script) in, exit code out. Never throws; everything a user sees goes
 * through `io`.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.ok;
  const keep = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = buildProgram(io, keep, argv[0]);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.ok;
    if (error instanceof CommanderError && error.code === 'commander.help') return ExitCode.userError; // the help was shown
    const names = program.commands.map((command) => command.name());
    return reportError(error instanceof CommanderError ? fromCommander(error, argv, names) : error, argv, io);
  }
}

/** A mistake in the arguments, in tokenhub's own words of error. */
function fromCommander(error: CommanderError, argv: readonly string[], commands: readonly string[]) {
  const command = argv.find((word) => commands.includes(word));
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  return usageError(message, command === undefined ? '' : `${command} `, error);
}

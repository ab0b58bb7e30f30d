import type { Command } from 'commander';
import { withConfig, withLedger, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `imports` and, below it, `imports undo`, which has the options of both. */
export function addImports(parent: Command, run: Run): Command {
  const imports = withLedger(
    withConfig(
      withOutput(
        parent
          .command('imports')
          .description('List what was imported, the days it covers and the gaps; take an import back')
          .option('--coverage', 'which days each recording covers, and the runs of days without events')
          .option('--from <date>', 'coverage: first day, inclusive')
          .option('--to <date>', 'coverage: last day, inclusive')
          .option('--period <period>', 'coverage: 2026-10, 2026-Q4, this-month, ..., as for report')
          .option('--tz <zone>', 'IANA zone of days (default: config, else UTC)')
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(run(async (io, options) => (await import('../flows/imports.js')).importsFlow(io, options)));
  imports
    .command('undo')
    .description('Take an import back, so that the ledger is as if it had never been')
    .argument('<id>', 'number of the import')
    .option('--dry-run', 'show what would be removed and restored, change nothing')
    .configureHelp({ showGlobalOptions: true })
    .action(
      run(async (io, id: string, _: object, command: Command) =>
        (await import('../flows/imports-undo.js')).undoFlow(io, id, command.optsWithGlobals()),
      ),
    );
  return imports;
}

const EXAMPLES = `
Examples:
  tokenhub imports
  tokenhub imports --coverage --period 2026-10
  tokenhub imports undo 3 --dry-run
`;

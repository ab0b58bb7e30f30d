import { Command } from 'commander';
import type { ExitCode } from '../errors.js';
import { packageVersion } from '../files/package-root.js';
import { addCheck } from './commands/check.js';
import { addCount } from './commands/count.js';
import { addEstimate } from './commands/estimate.js';
import { addImport } from './commands/import.js';
import { addReport } from './commands/report.js';
import { addUnits } from './commands/units.js';
import type { Io } from './io.js';
import type { Run } from './run.js';

/** The whole command line. Adding a command is one file in `commands/` and one line here. */
export function buildProgram(io: Io, exit: (code: ExitCode) => void): Command {
  const program = new Command('tokenhub')
    .description('Count tokens exactly, keep a priced ledger of what was used, and fail CI before a budget is overrun.')
    .version(packageVersion(), '-V, --version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError(true)
    .configureHelp({ helpWidth: io.columns ?? 100 })
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => {} })
    .exitOverride();
  const run: Run =
    (work) =>
    async (...args) =>
      exit(await work(io, ...args));
  for (const add of [addCount, addEstimate, addImport, addReport, addUnits, addCheck]) add(program, run);
  return program;
}

const EXAMPLES = `
Examples:
  tokenhub count prompts/ --model gpt-4o          tokens per file
  tokenhub import usage.csv                       usage log into ./tokenhub.db
  tokenhub report --by unit,model --period mtd    what was used and what it cost
  tokenhub check                                  exit 1 when a budget is overrun
`;

import { Command } from 'commander';
import type { ExitCode } from '../errors/tokenhub-error.js';
import { packageVersion } from '../files/package-root.js';
import { addCheck } from './commands/check.js';
import { addClose } from './commands/close.js';
import { addCount } from './commands/count.js';
import { addDecode } from './commands/decode.js';
import { addEncode } from './commands/encode.js';
import { addEstimate } from './commands/estimate.js';
import { addExplain } from './commands/explain.js';
import { addFlow } from './commands/flow.js';
import { addImport } from './commands/import.js';
import { addImports } from './commands/imports.js';
import { addInit } from './commands/init.js';
import { addPrices } from './commands/prices.js';
import { addReconcile } from './commands/reconcile.js';
import { addReport } from './commands/report.js';
import { addReprice } from './commands/reprice.js';
import { addSources } from './commands/sources.js';
import { addStatement } from './commands/statement.js';
import { addUnits } from './commands/units.js';
import { addWhy } from './commands/why.js';
import type { Io } from './io.js';
import type { Run } from './run.js';

/** Adding a command is one file in `commands/` and one line here. */
const COMMANDS: Readonly<Record<string, (parent: Command, run: Run) => Command>> = {
  count: addCount,
  encode: addEncode,
  decode: addDecode,
  estimate: addEstimate,
  import: addImport,
  imports: addImports,
  sources: addSources,
  report: addReport,
  flow: addFlow,
  statement: addStatement,
  units: addUnits,
  reconcile: addReconcile,
  prices: addPrices,
  reprice: addReprice,
  check: addCheck,
  explain: addExplain,
  init: addInit,
  close: addClose,
  why: addWhy,
};

/**
 * The command line: of one command when it is asked for by name, which is quicker to build, else the whole.
 *
 * @param asked  first word of the arguments
 */
export function buildProgram(io: Io, exit: (code: ExitCode) => void, asked = ''): Command {
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
  const adds = Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]!] : Object.values(COMMANDS);
  for (const add of adds) add(program, run);
  return program;
}

const EXAMPLES = `
Examples:
  tokenhub count prompts/ --model gpt-4o          tokens per file
  tokenhub import usage.csv                       usage log into ./tokenhub.db
  tokenhub report --by unit,model --period mtd    what was used and what it cost
  tokenhub check                                  exit 1 when a budget is overrun
`;

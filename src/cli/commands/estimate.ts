import { type Command, Option } from 'commander';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { list, modeOption, regionOption, withConfig, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `estimate`. */
export const addEstimate = (parent: Command, run: Run): Command =>
  withConfig(
    withOutput(
      parent
        .command('estimate')
        .description('Estimate what a prompt will cost: models side by side, cheapest first')
        .argument('[paths...]', 'files, directories or quoted globs, together one prompt; - or nothing with a pipe')
        .option('-m, --model <name>', 'a model to price; repeatable (default: a list across providers)', list)
        .option('--output-tokens <n>', 'output of one call, reasoning included, such as 500 or 2k')
        .option('--cached <part>', 'input served from the cache: a share, 80%, or tokens, 12k')
        .option('--cache-write <part>', 'input stored in the cache (5 minutes): a share or tokens')
        .addOption(new Option('--calls <n>', 'this many calls in all').conflicts(['callsPerDay', 'callsPerMonth']))
        .addOption(new Option('--calls-per-day <n>', 'this many a day, 30 days a month').conflicts(['callsPerMonth']))
        .option('--calls-per-month <n>', 'this many a month')
        .addOption(modeOption)
        .addOption(new Option('--batch', 'short for --mode batch').conflicts('mode'))
        .option('--thinking', 'the model reasons: thinking price, where it has one')
        .option('--at <date>', 'at the prices of this date or instant (default: now)')
        .addOption(regionOption)
        .addHelpText('after', EXAMPLES),
    ),
  ).action(
    run(async (io, paths, options, command: Command) => {
      if (paths.length === 0 && io.stdin.isTTY) return help(command);
      return (await import('../flows/estimate.js')).estimateFlow(io, paths, options);
    }),
  );

/** Nothing to read: say what could be. */
function help(command: Command): ExitCode {
  command.outputHelp();
  return ExitCode.ok;
}

const EXAMPLES = `
All paths together are the input of one call. A price that is not known is said, never taken for 0.

Examples:
  tokenhub estimate prompt.md --output-tokens 500
  tokenhub estimate prompts/ -m gpt-4o -m qwen3-max --cached 80% --calls-per-day 2k
  cat prompt.txt | tokenhub estimate --batch --region cn --json
`;

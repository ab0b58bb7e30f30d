import type { Command } from 'commander';
import { modeOption, regionOption, withConfig, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `prices`. */
export const addPrices = (parent: Command, run: Run): Command =>
  withConfig(
    withOutput(
      parent
        .command('prices')
        .description('Show the price of a model and where it comes from, or the price lists there are')
        .argument('[model]', 'a model, as usage files name it')
        .option('--provider <name>', 'who sells it (default: told by the name)')
        .addOption(modeOption)
        .option('--at <date>', 'in force on this date or at this instant (default: now)')
        .addOption(regionOption)
        .option('--account <name>', 'by the contract of this account')
        .option('--key <id>', 'by the contract of this API key')
        .addHelpText('after', EXAMPLES),
    ),
  ).action(run(async (io, model, options) => (await import('../flows/prices.js')).pricesFlow(io, model, options)));

const EXAMPLES = `
Exit code 3 when the model has no price for the provider, mode and date, 2 when no list names it.

Examples:
  tokenhub prices                                 the lists, in the order they are asked
  tokenhub prices claude-sonnet-4-5 --mode batch
  tokenhub prices qwen3-max --region cn --at 2026-04-01 --json
`;

import type { Command } from 'commander';
import { each, withConfig, withLedger, withOutput, withPeriod } from '../options.js';
import type { Run } from '../run.js';

/** Declares `reprice`. */
export const addReprice = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        withPeriod(
          parent
            .command('reprice')
            .description(
              "Preview what today's price lists, contracts and plans would change in the ledger, or apply them",
            )
            .option('--apply', 'keep the new costs, all of them at once'),
          'these days',
        )
          .option('--model <model>', 'only this model; repeatable', each)
          .option('--provider <provider>', 'only this provider; repeatable', each)
          .option('--account <account>', 'only this account; repeatable', each)
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(run(async (io, options) => (await import('../flows/reprice.js')).repriceFlow(io, options)));

const EXAMPLES = `
Only computed costs are decided again; billed and claimed amounts are never touched. Usage that its record says a plan
covers stays covered.

Examples:
  tokenhub reprice                                  what would change, by provider and model
  tokenhub reprice --model qwen3-max --period 2026-10
  tokenhub reprice --apply
`;

import { type Command, Option } from 'commander';
import { each, once, withConfig, withLedger, withOutput, withPeriod } from '../options.js';
import type { Run } from '../run.js';

/** Declares `reconcile`. */
export const addReconcile = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        withPeriod(
          parent
            .command('reconcile')
            .description('Compare two or three recordings of the same tokens and name why they differ')
            .option('--app <recording>', "the application's log: a file, or ledger:<role or source>", once)
            .option('--gateway <recording>', "the gateway's log: a file, or ledger:<role or source>", once)
            .option(
              '--bill <recording>',
              "the provider's bill or usage export: a file, or ledger:<role or source>",
              once,
            ),
          'days, and of timestamps that name none',
        )
          .option('--unit <unit>', 'only this unit and those beneath it; repeatable', each)
          .option('--model <model>', 'only this model; repeatable', each)
          .addOption(
            new Option(
              '--bucket <size>',
              'compare by buckets of this size (default: by request where ids are shared)',
            ).choices(['hour', 'day'] as const),
          )
          .option(
            '--tokenizer <side=encoding>',
            'a recording whose tokens were counted so, as in app=cl100k_base; repeatable',
            each,
          )
          .option('--threshold <limit>', 'exit 1 above it: 5%, "5k tokens" or "0.05 USD"')
          .addOption(
            new Option('--threshold-on <what>', 'judge the whole difference, or what no cause explains')
              .choices(['difference', 'unexplained'] as const)
              .default('difference'),
          )
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(run(async (io, options) => (await import('../flows/reconcile.js')).reconcileFlow(io, options)));

const EXAMPLES = `
Recordings are paired by request id where they share any, else by bucket: hour or day, key, workspace or unit, and model.
Only the time that all of them cover is compared. Nothing is imported.

Examples:
  tokenhub reconcile --app app.csv --gateway gateway.csv
  tokenhub reconcile --app app.csv --gateway gateway.csv --bill bill.csv --threshold 5%
  tokenhub reconcile --gateway ledger:litellm --bill ledger:alibaba-bill --period 2026-10
`;

import type { Command } from 'commander';
import { withConfig, withLedger, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `check`. */
export const addCheck = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        parent
          .command('check')
          .description('Judge the budgets of the config: exit 1 on a breach, 3 when there is no honest answer')
          .option('--at <date>', 'judge the day, week or month that holds this date (default: now)')
          .option('--tz <zone>', 'IANA zone of periods (default: config, else UTC)')
          .option('--allow-unknown', 'let pass what cannot be judged (unpriced usage, missing data)'),
      ),
    ),
  ).action(run(async (io, options) => (await import('../flows/check.js')).checkFlow(io, options)));

import { type Command, Option } from 'commander';
import { each, list, withConfig, withLedger, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `report`. */
export const addReport = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        parent
          .command('report')
          .description('Print what was used and what it cost, by any dimensions and period')
          .option(
            '--by <dimensions>',
            'unit, stage, model, provider, source, account, project, agent, user, day, week, month; several with commas (default: unit where the config has units, else model)',
            list,
          )
          .option('--from <date>', 'first day, inclusive; or an instant')
          .addOption(new Option('--since <date>', 'the same as --from').conflicts('from'))
          .option('--to <date>', 'last day, inclusive; or an instant, exclusive')
          .addOption(new Option('--until <date>', 'the same as --to').conflicts('to'))
          .option(
            '--period <period>',
            '2026, 2026-10, 2026-Q4, 2026-W41, 2026-10-05, today, yesterday, mtd, this-week, this-month, last-month',
          )
          .option('--tz <zone>', 'IANA zone of report days (default: config, else UTC)')
          .option('--unit <unit>', 'only this unit; "(unassigned)" for the rest; repeatable', each)
          .option('--model <model>', 'only this model; repeatable', each)
          .addOption(
            new Option('--cost <which>', 'billed else computed (auto), or one amount alone')
              .choices(['auto', 'billed', 'computed', 'claimed'] as const)
              .default('auto'),
          )
          .option(
            '--strict',
            'exit 3 when usage is unpriced, rows were rejected, or daily buckets of another zone are read',
          )
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(run(async (io, options) => (await import('../flows/report.js')).reportFlow(io, options)));

const EXAMPLES = `
Recordings of one account (application log, gateway log, meter, bill) are views of the same tokens and never added:
the report reads one for tokens and one for money, and names what it left out.

Examples:
  tokenhub report --by unit --period mtd
  tokenhub report --by model,day --from 2026-10-01 --to 2026-10-31 --format csv
  tokenhub report --by agent --unit wukong --cost computed --json
`;

import { type Command, Option } from 'commander';
import { each, list, positive, withConfig, withLedger, withOutput, withPeriod } from '../options.js';
import type { Run } from '../run.js';

/** Declares `report`. */
export const addReport = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        withPeriod(
          parent
            .command('report')
            .description('Print what was used and what it cost, by any dimensions and period')
            .option(
              '--by <dimensions>',
              'unit, stage, model, provider, role, source, account, project, agent, user, key, workspace, team, service, consumer, session, status, mode, charge, operator, unit:<level>, tag:<name>, hour, day, week, month, quarter, year, cycle:<day>; several with commas (default: unit where the config has units, else model)',
              list,
            ),
          'report days',
        )
          .option('--unit <unit>', 'only this unit and those beneath it; "(unassigned)" for the rest; repeatable', each)
          .option('--model <model>', 'only this model, by any of its names; repeatable', each)
          .option(
            '--where <condition>',
            '<field>=<value>, <field>!=<value> or <field>~<pattern>; values with commas are alternatives, "(none)" is no value; repeatable, all must hold',
            each,
          )
          .addOption(
            new Option('--cost <which>', 'billed else computed (auto), one amount alone, or all side by side')
              .choices(['auto', 'billed', 'computed', 'claimed', 'all'] as const)
              .default('auto'),
          )
          .option('--sort <order>', 'cost, tokens, requests, name, input, output or unpriced; :asc or :desc turns it')
          .option('--top <rows>', 'only the first rows in that order, the others as one', positive)
          .option('--compare <period>', 'beside the period before (previous), or beside a period of --period')
          .option('--metrics <file>', 'CSV of date, unit, metric, value: what to tell the cost of one of')
          .option('--per <metric>', 'the metric of that file, such as tickets')
          .option('--currency <code>', 'costs in this currency, too, such as USD; needs --rates')
          .option('--rates <file>', 'CSV or JSON of date, base, quote, rate, source')
          .addOption(
            new Option('--rate <which>', 'rate of the day, or the average or the last one of the period')
              .choices(['daily', 'average', 'closing'] as const)
              .default('daily'),
          )
          .option('--allocate', 'by unit, with the shared cost split as `allocations` of the config say')
          .option('--latency', 'percentiles of latency, where known')
          .option('--spark', 'tokens per day as a chart, on a terminal (default: for one dimension that is no time)')
          .option('--no-spark', 'without the chart')
          .option(
            '--strict',
            'exit 3 when usage is unpriced, a rate is missing, rows were rejected, or daily buckets of another zone are read',
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
  tokenhub report --by project --where provider=alibaba --where model~qwen* --top 10
  tokenhub report --by unit --period mtd --compare previous
  tokenhub report --by unit --period 2026-10 --currency USD --rates rates.csv
  tokenhub report --by unit --period 2026-10 --allocate
  tokenhub report --by unit,month --period 2026 --metrics kpi.csv --per tickets
`;

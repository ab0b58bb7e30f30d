import { type Command, Option } from 'commander';
import { once, withConfig, withLedger, withOutput, withPeriod } from '../options.js';
import type { Run } from '../run.js';

/** Declares `statement`. */
export const addStatement = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        withPeriod(
          parent
            .command('statement')
            .description('Print the bill of one unit for a period, which can be produced again and verified')
            .option(
              '--unit <unit>',
              'whose bill, with the units beneath it; "(unassigned)" for what no rule assigns',
              once,
            ),
          'the days',
        )
          .addOption(
            new Option('--cost <which>', 'billed else computed (auto), or one of them alone')
              .choices(['auto', 'billed', 'computed'] as const)
              .default('auto'),
          )
          .option('--currency <code>', 'the total in this currency, too, such as CNY; needs --rates')
          .option('--rates <file>', 'CSV or JSON of date, base, quote, rate, source')
          .option('--strict', 'exit 3 when usage is unpriced, a rate is missing, or rows were rejected')
          .addOption(
            new Option(
              '--verify <file>',
              'compute a statement (JSON) again and compare: exit 1 when anything changed',
            ).conflicts(['unit', 'period', 'from', 'since', 'to', 'until', 'tz', 'currency', 'strict']),
          )
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(run(async (io, options) => (await import('../flows/statement.js')).statementFlow(io, options)));

const EXAMPLES = `
Examples:
  tokenhub statement --unit wukong --period 2026-10
  tokenhub statement --unit wukong --period 2026-10 -o wukong-2026-10.md -o wukong-2026-10.json
  tokenhub statement --unit wukong --period 2026-10 --currency CNY --rates rates.csv
  tokenhub statement --verify wukong-2026-10.json
`;

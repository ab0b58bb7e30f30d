import { type Command, Option } from 'commander';
import { each, positive, withConfig, withLedger, withOutput, withPeriod } from '../options.js';
import type { Run } from '../run.js';

/** Declares `why`. */
export const addWhy = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        withPeriod(
          parent
            .command('why')
            .description('Take a figure apart: recordings, rule, tokens × rate, files and lines it comes from')
            .argument('[figure]', 'reference that an output prints, as in report:unit=wukong,period=2026-10')
            .option('--unit <unit>', 'of this unit; "(unassigned)" for the rest; repeatable', each)
            .option('--model <model>', 'of this model, by any of its names; repeatable', each)
            .option('--where <condition>', 'as for report; repeatable, all must hold', each),
          'days',
        )
          .addOption(
            new Option('--cost <which>', 'billed else computed (auto, the default), or one amount alone').choices([
              ...COSTS,
            ]),
          )
          .addOption(
            new Option('--stage <stage>', 'as flow has it: the recordings of this stage alone').choices([
              'create',
              'transport',
              'apply',
            ]),
          )
          .option('--at <date>', 'of a verdict: the period that holds this date (default: now)')
          .addOption(new Option('--rows <number>', 'events listed, the largest first').argParser(positive).default(10))
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(
    run(async (io, figure: string | undefined, options) =>
      (await import('../flows/why.js')).whyFlow(io, figure, options),
    ),
  );

const COSTS = ['auto', 'billed', 'computed', 'claimed'] as const;

const EXAMPLES = `
The total is that of a report with the same selection, to the last token and digit, and the parts add up to it.

Examples:
  tokenhub why --unit wukong --period 2026-10 --model qwen3-max
  tokenhub why report:unit=wukong,model=qwen3-max,period=2026-10
  tokenhub why flow:transport,model=qwen3-max,period=2026-10
  tokenhub why "verdict:wukong month" --at 2026-10-31
  tokenhub why --unit "(unassigned)" --period 2026-10 --rows 100 --format csv
`;

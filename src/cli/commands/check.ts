import { type Command, Option } from 'commander';
import { SCOPES } from '../../budget/files/file-budget.js';
import { FAIL_ON } from '../../budget/verdict.js';
import { GATE_FORMATS } from '../../render/formats.js';
import { each, once, withConfig, withLedger, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `check`. */
export const addCheck = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        withBase(
          withFileBudget(
            parent
              .command('check')
              .description('Judge budgets of tokens and cost: exit 1 on a breach, 3 when there is no honest answer')
              .argument(
                '[paths...]',
                'files, folders or globs to judge by --max, without a config; - is standard input',
              )
              .option('--at <date>', 'judge the periods that hold this date (default: now)')
              .option('--tz <zone>', 'IANA zone of periods (default: config, else UTC)')
              .addOption(new Option('--kind <kind>', 'only budgets on these').choices(['files', 'ledger'] as const))
              .option(
                '--only <name>',
                'only budgets of this name, in which * is any run of characters; repeatable',
                each,
              )
              .addOption(
                new Option('--fail-on <level>', 'what fails the check').choices(FAIL_ON).default('error' as const),
              )
              .option('--watch', 'judge again whenever the config or a file of a budget changes, until Ctrl-C')
              .option('--fail-fast', 'end at the first error, and stop counting a file where it is certain to be one')
              .option('--allow-unknown', 'let pass what cannot be judged (unpriced usage, missing data)'),
          ),
        ),
        GATE_FORMATS.join(', '),
      ),
    ),
  ).action(
    run(async (io, paths, { watch, ...asked }) => {
      const options = { ...asked, formats: GATE_FORMATS };
      if (watch) return (await import('../flows/watch.js')).watchFlow(io, paths, options);
      return (await import('../flows/check.js')).checkFlow(io, paths, options);
    }),
  );

/** The options of a budget that is typed instead of written into a config. */
const withFileBudget = (command: Command): Command =>
  command
    .option('--max <limit>', 'limit of the paths: "8k tokens", "0.05 USD" or "5% of context"', once)
    .option('--warn <limit>', 'with --max: warn from here on, "80%" or "6k tokens"', once)
    .addOption(
      new Option('--scope <scope>', 'with --max: judge every file, all together, or every Markdown section').choices(
        SCOPES,
      ),
    )
    .option('--messages', 'with --max: the paths are chat or tool JSON')
    .option('-m, --model <name>', 'with --max: count as this model does', once)
    .option('-e, --encoding <name>', 'with --max: count with an encoding by name (default: o200k_base)', once);

/** The options of what a check compares with. */
const withBase = (command: Command): Command =>
  command
    .option(
      '--base <ref>',
      'compare files with the commit where this branch left another (default: that of the pull request)',
      once,
    )
    .option('--no-base', 'compare with nothing')
    .addOption(
      new Option(
        '--config-from <side>',
        'take the budgets from the config of the base, or of now (default: head)',
      ).choices(['base', 'head'] as const),
    )
    .option('--baseline <file>', 'compare with measures that were written down (default: tokenhub-baseline.json)', once)
    .option('--update-baseline', 'write the measures of now into that file, and judge by them')
    .option('--prune', 'with --update-baseline: drop entries of files and budgets that are gone');

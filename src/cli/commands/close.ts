import type { Command } from 'commander';
import { list, withConfig, withLedger, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `close`. */
export const addClose = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        parent
          .command('close')
          .description('Freeze a period after a checklist; later changes become corrections in the open period')
          .argument('[period]', '2026-10, 2026-Q4, 2026-W41, last-month, ..., in the time zone of the config')
          .option('--accept <checks>', 'close although these checks found something; commas separate', list)
          .option('--force', 'close whatever the checklist finds')
          .option('--dry-run', 'check, and change nothing')
          .option('--note <text>', 'kept with the closing')
          .option('--currency <currency>', 'check that costs can be converted into it; needs --rates')
          .option('--rates <file>', 'exchange rates to freeze: date,base,quote,rate,source')
          .option('--list', 'every closing: state, hash, what was accepted, corrections since')
          .option('--reopen <period>', 'open a closed period again; its closing stays listed')
          .option('--reason <text>', 'why it is opened again')
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(run(async (io, period, options) => (await import('../flows/close.js')).closeFlow(io, period, options)));

const EXAMPLES = `
Checks: unended, empty, gaps, rejects, unassigned, unpriced, unreconciled, preliminary, rates, rules. Any finding that is
not accepted keeps the period open, with exit code 3.

Examples:
  tokenhub close 2026-10 --dry-run                  what stands in the way, and what mends it
  tokenhub close 2026-10 --accept gaps,unassigned
  tokenhub close --reopen 2026-10 --reason "the bill was corrected"
  tokenhub close --list
`;

import type { Command } from 'commander';
import { withConfig, withLedger, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `units`. */
export const addUnits = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        parent
          .command('units')
          .description("Preview what the config's rules assign to each unit, or apply them")
          .option('--apply', 'assign every event of the ledger by the rules of the config, at once'),
      ),
    ),
  ).action(run(async (io, options) => (await import('../flows/units.js')).unitsFlow(io, options)));

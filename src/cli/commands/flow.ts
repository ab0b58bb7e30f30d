import { type Command, Option } from 'commander';
import { each, list, positive, withConfig, withLedger, withOutput, withPeriod } from '../options.js';
import type { Run } from '../run.js';

/** Declares `flow`. */
export const addFlow = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        withPeriod(
          parent
            .command('flow')
            .description('Follow tokens through the stages: created, transported, applied')
            .option('--by <dimensions>', 'model, unit, or both with a comma (default: model,unit)', list),
          'the days',
        )
          .option('--unit <unit>', 'only this unit and those beneath it; "(unassigned)" for the rest; repeatable', each)
          .option('--model <model>', 'only this model, by any of its names; repeatable', each)
          .addOption(
            new Option('--cost <which>', 'billed else computed (auto), or one amount alone')
              .choices(['auto', 'billed', 'computed', 'claimed'] as const)
              .default('auto'),
          )
          .addOption(new Option('--agents', 'what each agent did: runs, tool calls, tokens per run').conflicts('by'))
          .option('--top <agents>', 'agents shown, by tokens, the others as one (default: 20)', positive)
          .addHelpText('after', EXAMPLES),
        'table, json, ndjson, csv, markdown or mermaid',
      ),
    ),
  ).action(run(async (io, options) => (await import('../flows/flow.js')).flowFlow(io, options)));

const EXAMPLES = `
Engines create tokens; gateways, meters and bills transport them; applications and agents apply them. These are views of
the same tokens, so stages are never added. A stage without a record is "not recorded", which is not 0; a loss is told
only of days that both stages cover.

Examples:
  tokenhub flow --period 2026-10
  tokenhub flow --period mtd --by model --model qwen3-32b
  tokenhub flow --period 2026-10 -o flow.mmd
  tokenhub flow --period 2026-10 --agents --top 10
`;

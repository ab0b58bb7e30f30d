import type { Command } from 'commander';
import { withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `explain`. */
export const addExplain = (parent: Command, run: Run): Command =>
  withOutput(
    parent
      .command('explain')
      .description('Explain a code of a verdict: what it means, why, how to get rid of it, how to accept it')
      .argument('[code]', 'such as TH001; without it, all of them are listed')
      .addHelpText('after', EXAMPLES),
  ).action(run(async (io, code, options) => (await import('../flows/explain.js')).explainFlow(io, code, options)));

const EXAMPLES = `
Examples:
  tokenhub explain            all codes and what they mean
  tokenhub explain TH001
`;

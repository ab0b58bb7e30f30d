import { type Command, Option } from 'commander';
import { once } from '../options.js';
import type { Run } from '../run.js';

/** Declares `init`. */
export const addInit = (parent: Command, run: Run): Command =>
  parent
    .command('init')
    .description('Write a config with budgets for the prompts, agent instructions and tool lists of this folder')
    .option('-m, --model <name>', 'count as this model does (default: o200k_base)', once)
    .addOption(
      new Option('--ci <ci>', 'write the job for this CI as well (default: print it for the CI in use)').choices([
        'github',
        'gitlab',
        'none',
      ] as const),
    )
    .option('--dry-run', 'print the config, and write nothing')
    .option('--force', 'replace files that are there')
    .addHelpText('after', EXAMPLES)
    .action(run(async (io, options) => (await import('../flows/init.js')).initFlow(io, options)));

const EXAMPLES = `
Each limit is a little above today's counts, so that tokenhub check passes at once.

Examples:
  tokenhub init --dry-run
  tokenhub init --model gpt-4o --ci github
`;

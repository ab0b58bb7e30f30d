import type { Command } from 'commander';
import { withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `sources`. */
export const addSources = (parent: Command, run: Run): Command =>
  withOutput(
    parent
      .command('sources')
      .description('List the sources that import reads, or explain one: what it reads, its role, its key')
      .argument('[name]', 'explain this source')
      .addHelpText('after', EXAMPLES),
  ).action(run(async (io, name, options) => (await import('../flows/sources.js')).sourcesFlow(io, name, options)));

const EXAMPLES = `
Examples:
  tokenhub sources                  all of them
  tokenhub sources claude-code      the fields it reads, and what tells two records apart
`;

import type { Command } from 'commander';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { withEncoding, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `decode`. */
export const addDecode = (parent: Command, run: Run): Command =>
  withOutput(
    withEncoding(
      parent
        .command('decode')
        .description('Turn token ids into text')
        .argument('[ids...]', 'ids, or a JSON array of them; nothing with a pipe: standard input'),
    )
      .option('--pieces', 'show what each id stands for')
      .addHelpText('after', EXAMPLES),
  ).action(
    run(async (io, ids, options, command: Command) => {
      if (ids.length === 0 && io.stdin.isTTY) {
        command.outputHelp();
        return ExitCode.ok;
      }
      return (await import('../flows/decode.js')).decodeFlow(io, ids, options);
    }),
  );

const EXAMPLES = `
Examples:
  tokenhub decode 24912 2375
  tokenhub decode -e qwen3 < ids.json
`;

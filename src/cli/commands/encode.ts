import type { Command } from 'commander';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { withEncoding, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `encode`. */
export const addEncode = (parent: Command, run: Run): Command =>
  withOutput(
    withEncoding(
      parent
        .command('encode')
        .description('Turn text into token ids')
        .argument('[file]', 'a text file; - or nothing with a pipe: standard input'),
    )
      .option('--pieces', 'show how the text is split, and what each piece is encoded in')
      .option('--special', 'read special tokens such as <|im_start|> as tokens, not as ordinary text')
      .addHelpText('after', EXAMPLES),
  ).action(
    run(async (io, file, options, command: Command) => {
      if (file === undefined && io.stdin.isTTY) {
        command.outputHelp();
        return ExitCode.ok;
      }
      return (await import('../flows/encode.js')).encodeFlow(io, file, options);
    }),
  );

const EXAMPLES = `
Examples:
  echo 'hello world' | tokenhub encode
  tokenhub encode prompt.md -m qwen3-max --pieces
  tokenhub encode prompt.md | tokenhub decode
`;

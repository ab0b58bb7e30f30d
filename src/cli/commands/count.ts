import { type Command, Option } from 'commander';
import { ExitCode } from '../../errors.js';
import { PATTERN_NAMES } from '../../tokenizer/pattern-texts.js';
import { each, list, positive, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `count`. */
export const addCount = (parent: Command, run: Run): Command =>
  withOutput(
    parent
      .command('count')
      .description('Count tokens in files, directories, globs and standard input')
      .argument('[paths...]', 'files, directories or quoted globs; - or nothing with a pipe: standard input')
      .option('-m, --model <name>', 'count as this model does; repeatable', list)
      .option(
        '-e, --encoding <name>',
        'count with an encoding by name: o200k_base, cl100k_base, qwen3, …; repeatable',
        list,
      )
      .option('--encoding-file <file>', 'count with the tokenizer.json or .tiktoken file of a model; repeatable', each)
      .addOption(
        new Option('--pattern <name>', 'what splits text, where an encoding file does not say it').choices(
          PATTERN_NAMES,
        ),
      )
      .addOption(
        new Option('--by <what>', 'one line per file, dir or ext')
          .choices(['file', 'dir', 'ext'] as const)
          .default('file'),
      )
      .option('--top <n>', 'only the n largest lines', positive)
      .addOption(
        new Option('--total-only', 'print the number alone; several models: model<TAB>tokens').conflicts([
          'format',
          'json',
          'output',
        ]),
      )
      .addHelpText('after', EXAMPLES),
  ).action(
    run(async (io, paths, options, command: Command) => {
      if (paths.length === 0 && io.stdin.isTTY) return help(command);
      return (await import('../flows/count.js')).countFlow(io, paths, options);
    }),
  );

/** Nothing to read: say what could be. */
function help(command: Command): ExitCode {
  command.outputHelp();
  return ExitCode.ok;
}

const EXAMPLES = `
In a git work tree a directory means the files git would commit; elsewhere .gitignore files are respected. A path
named explicitly is counted even when ignored.

Examples:
  tokenhub count src --by dir --top 10
  tokenhub count prompts/ -m gpt-4o -m claude-sonnet-4-5
  cat prompt.txt | tokenhub count --total-only
`;

import { type Command, Option } from 'commander';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { DETAILS } from '../../tokenizer/images/image-formula.js';
import { PATTERN_NAMES } from '../../tokenizer/pattern-texts.js';
import { each, imageSize, list, positive, withOutput } from '../options.js';
import { byteSize, tokenCount } from '../quantities.js';
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
        new Option('--by <what>', 'one line per file, dir, ext or section (heading of Markdown files)')
          .choices(['file', 'dir', 'ext', 'section'] as const)
          .default('file'),
      )
      .option('--tree', 'lines as a tree with subtotals')
      .addOption(
        new Option('--sort <by>', 'order of the lines: tokens, name or bytes')
          .choices(['tokens', 'name', 'bytes'] as const)
          .default('tokens'),
      )
      .option('--top <n>', 'only the n largest lines', positive)
      .option('--context', "say how much of each model's context window the total takes")
      .option('--min <tokens>', 'only lines of at least so many tokens, such as 500 or 2.5k', tokenCount)
      .option('--files-from <file>', 'count the paths in a list, by lines or NULs; -: standard input')
      .option('--max-bytes <size>', 'skip larger files; such as 64k, 1.5M or 10MB', byteSize)
      .addOption(
        new Option('--base <ref>', 'compare with a commit, branch or tag of git').conflicts(['tree', 'by', 'context']),
      )
      .addOption(
        new Option('--total-only', 'print the number alone; several models: model<TAB>tokens').conflicts([
          'format',
          'json',
          'output',
          'context',
        ]),
      )
      .addOption(
        new Option(
          '--messages',
          'count JSON of messages or requests, with tools, images and the chat format',
        ).conflicts(['images', ...OF_LINES]),
      )
      .addOption(
        new Option('--images', 'count image files by the formula of the model').conflicts([
          ...OF_LINES,
          'encodingFile',
          'pattern',
        ]),
      )
      .addOption(new Option('--detail <detail>', 'detail of images that say none').choices(DETAILS))
      .option('--assume-image <size>', 'size of images in messages that cannot be read, as in 1024x1024', imageSize)
      .addOption(
        new Option(
          '--via-api',
          "send the texts to the provider's own counting endpoint (Claude, Gemini; key from the environment)",
        ).conflicts(['encoding', 'encodingFile', 'pattern', 'base', 'messages', 'images']),
      )
      .option('--no-cache', 'count every file anew, and keep no counts for the next run')
      .addHelpText('after', EXAMPLES),
  ).action(
    run(async (io, paths, options, command: Command) => {
      if (paths.length === 0 && isNothingElseAsked(options) && io.stdin.isTTY) return help(command);
      return (await import('../flows/count.js')).countFlow(io, paths, options);
    }),
  );

/** A list of paths, or a comparison with git, needs no path. */
const isNothingElseAsked = ({ filesFrom, base }: { filesFrom?: string; base?: string }): boolean =>
  filesFrom === undefined && base === undefined;

/** Options of lines of text, which messages and images have none of. */
const OF_LINES = ['by', 'tree', 'sort', 'top', 'min', 'base', 'context'];

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
  tokenhub count docs --by section --tree --min 500
  tokenhub count prompts --base main
  git ls-files -z '*.md' | tokenhub count --files-from -
  tokenhub count prompts/ -m gpt-4o -m claude-sonnet-4-5
  cat prompt.txt | tokenhub count --total-only
  tokenhub count prompts/ -m claude-opus-4-5 --via-api
  tokenhub count --messages request.json
  tokenhub count --images screenshots/ -m gpt-4o,qwen3-vl-plus
`;

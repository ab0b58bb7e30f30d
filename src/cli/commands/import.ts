import { type Command, Option } from 'commander';
import { each, withConfig, withLedger, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `import`. */
export const addImport = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        parent
          .command('import')
          .description('Import usage logs and exports (CSV or JSONL, plain or gzip) into the ledger')
          .argument('<files...>', 'usage files or quoted globs; - is standard input')
          .option('-s, --source <name>', 'tokenhub, openai, dashscope, anthropic or claude-code (default: detected)')
          .option('--role <role>', 'engine, gateway, meter, bill or app (default: as the source)')
          .option('--account <name>', "the provider's account the tokens went through (default: from the file)")
          .option('--map <field=column,...>', 'columns of your own CSV; or the name of a mapping in the config', each)
          .option('--at <time>', 'time of records that carry none')
          .option('--tz <zone>', 'IANA zone of timestamps that name none (default: config, else UTC)')
          .addOption(
            new Option(
              '--on-error <how>',
              'bad rows: keep the good ones and exit 2, skip the bad ones, or fail and keep none',
            )
              .choices(['keep', 'skip', 'fail'] as const)
              .default('keep'),
          )
          .option('--rejects <file>', 'where bad rows are listed (default: <name>.rejects.jsonl in this folder)')
          .option('--restate', 'take the figures of buckets as they are now, smaller ones too')
          .option('--dry-run', 'read, check and price everything, change nothing')
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(run(async (io, files, options) => (await import('../flows/import.js')).importFlow(io, files, options)));

const EXAMPLES = `
Importing the same file again changes nothing. Records of one request seen twice count once.

Examples:
  tokenhub import usage.csv
  tokenhub import 'logs/*.jsonl.gz' --source openai --account prod
  tokenhub import portal.csv --map input_tokens=prompt_tok,timestamp="Start time"
  tokenhub import ~/.claude/projects/*/*.jsonl
`;

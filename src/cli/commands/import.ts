import { type Command, InvalidArgumentError, Option } from 'commander';
import { each, positive, withConfig, withLedger, withOutput } from '../options.js';
import type { Run } from '../run.js';

/** Declares `import`. */
export const addImport = (parent: Command, run: Run): Command =>
  withLedger(
    withConfig(
      withOutput(
        parent
          .command('import')
          .description('Import usage logs and exports into the ledger')
          .argument('[files...]', 'usage files, archives or quoted globs; - is standard input')
          .option('--agents', 'the session logs of coding agents, where they keep them in the home directory')
          .option('-s, --source <name>', 'one of those that "tokenhub sources" lists (default: detected)')
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
          .addOption(
            new Option('--preview [events]', 'show the first events of each file with their price, change nothing')
              .argParser(eventsOrFile)
              .conflicts('dryRun'),
          )
          .addOption(
            new Option('--wait <seconds>', 'how long to wait for another import into the ledger')
              .argParser(seconds)
              .default(60),
          )
          .addHelpText('after', EXAMPLES),
      ),
    ),
  ).action(
    run(async (io, files, options) =>
      (await import('../flows/import.js')).importFlow(io, filesOf(files, options), {
        ...options,
        preview: typeof options.preview === 'string' ? true : options.preview,
      }),
    ),
  );

/** `--preview usage.csv`, or `-`: the file was meant, and as many events as is usual. */
const eventsOrFile = (value: string): number | string =>
  /^(?:[-+.]*\d[-+\d.]*)?$/.test(value) ? positive(value) : value;

const filesOf = (files: readonly string[], { preview }: { readonly preview?: unknown }): readonly string[] =>
  typeof preview === 'string' ? [preview, ...files] : files;

function seconds(value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a number of seconds.');
}

const EXAMPLES = `
Importing the same file again changes nothing. Records of one request seen twice count once.
A log that has grown is read on where the import before it ended.

Examples:
  tokenhub import usage.csv
  tokenhub import 'logs/*.jsonl.gz' --source openai --account prod
  tokenhub import portal.csv --map input_tokens=prompt_tok,timestamp="Start time"
  tokenhub import unknown.csv --preview
  tokenhub import --agents
`;

/** Options that several commands share. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { MODES } from '../pricing/price.js';
import type { Format } from '../render/formats.js';
import { PATTERN_NAMES } from '../tokenizer/pattern-texts.js';

export interface OutputOptions {
  readonly format?: string;
  readonly json?: boolean;
  readonly output?: readonly string[];
  readonly color: 'auto' | 'always' | 'never';
  /** Formats of the command, which no flag sets; absent: those of every command. */
  readonly formats?: readonly Format[];
}

export interface ConfigOptions {
  readonly config?: string;
  readonly verbose?: boolean;
}

export interface LedgerOptions {
  readonly ledger?: string;
}

export interface PeriodOptions {
  readonly from?: string;
  readonly since?: string;
  readonly to?: string;
  readonly until?: string;
  readonly period?: string;
  readonly tz?: string;
}

/** The period as it was typed, whichever names its ends have. */
export const periodOf = ({ from, since, to, until, period }: PeriodOptions) => ({
  from: from ?? since,
  to: to ?? until,
  period,
});

/** Collects a repeatable option; commas separate values too. */
export function list(value: string, previous: readonly string[] = []): string[] {
  const names = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (names.length === 0) throw new InvalidArgumentError('It must name something.');
  return [...new Set([...previous, ...names])];
}

/** Collects a repeatable option whose values may hold commas. */
export const each = (value: string, previous: readonly string[] = []): string[] => [...previous, value];

/** Takes one value: of two the last would count, and the other be dropped unsaid. */
export function once(value: string, previous?: string): string {
  if (previous !== undefined) throw new InvalidArgumentError('It is given twice, and takes one value.');
  return value;
}

/** A whole number from 1. */
export function positive(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}

/** Width and height in pixels, as in `1024x768`. */
export function imageSize(value: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,7})x(\d{1,7})$/.exec(value) ?? [];
  if (Number(width) >= 1 && Number(height) >= 1) return { width: Number(width), height: Number(height) };
  throw new InvalidArgumentError('It must be a width and a height in pixels, as in 1024x768.');
}

/** The options that choose one encoding. */
export const withEncoding = (command: Command): Command =>
  command
    .option('-m, --model <name>', 'as this model does', list)
    .option('-e, --encoding <name>', 'with an encoding by name (default: o200k_base)', list)
    .option('--encoding-file <file>', 'with the tokenizer.json or .tiktoken file of a model', each)
    .addOption(
      new Option('--pattern <name>', 'what splits text, where an encoding file does not say it').choices(PATTERN_NAMES),
    );

export const modeOption = new Option('--mode <mode>', 'service mode (default: standard)').choices(MODES);

export const regionOption = new Option(
  '--region <region>',
  'price list of Alibaba (default: config, else intl)',
).choices(['cn', 'intl'] as const);

export const withOutput = (command: Command, formats = 'table, json, ndjson, csv or markdown'): Command =>
  command
    .option('--format <format>', `${formats} (default: table)`)
    .addOption(new Option('--json', 'short for --format json').conflicts('format'))
    .option('-o, --output <file>', 'write to a file, format by its name, or <format>=<file>; repeatable', each)
    .addOption(
      new Option('--color <when>', 'colours in tables').choices(['auto', 'always', 'never'] as const).default('auto'),
    );

/**
 * The options of a period, as `PeriodOptions` has them.
 *
 * @param days  what the zone is of, as in `report days`
 */
export const withPeriod = (command: Command, days: string): Command =>
  command
    .option('--from <date>', 'first day, inclusive; or an instant')
    .addOption(new Option('--since <date>', 'the same as --from').conflicts('from'))
    .option('--to <date>', 'last day, inclusive; or an instant, exclusive')
    .addOption(new Option('--until <date>', 'the same as --to').conflicts('to'))
    .option(
      '--period <period>',
      '2026, 2026-10, 2026-Q4, 2026-W41, 2026-10-05, 2026-10-05..2026-10-11, today, yesterday, mtd, this-week, this-month, last-month',
    )
    .option('--tz <zone>', `IANA zone of ${days} (default: config, else UTC)`);

export const withConfig = (command: Command): Command =>
  command
    .option('--config <file>', 'config file (default: nearest tokenhub.config.yaml, .yml or .json, or package.json)')
    .option('--verbose', 'say on standard error which config, ledger and rules are used');

export const withLedger = (command: Command): Command =>
  command.option('--ledger <file>', 'ledger file (default: TOKENHUB_LEDGER, the config, or the nearest tokenhub.db)');

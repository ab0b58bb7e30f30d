import { badOption } from '../../errors/command-line.js';
import { ambiguousColumn, noSuchMapping } from '../../errors/usage-files.js';
import type { AccountNames } from '../../usage/account-links.js';
import type { Role } from '../../usage/event.js';
import { ownField, tagName } from '../../usage/own-format/columns.js';
import { checkFields } from '../../usage/own-format/mapping.js';
import { parseRole } from '../../usage/roles.js';
import { parseTime } from '../../usage/time/record-time.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import type { Settings } from './settings.js';

export interface ImportOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly source?: string;
  readonly role?: string;
  readonly account?: string;
  readonly map?: readonly string[];
  readonly at?: string;
  readonly tz?: string;
  readonly onError: 'keep' | 'skip' | 'fail';
  readonly rejects?: string;
  readonly restate?: boolean;
  readonly dryRun?: boolean;
  readonly agents?: boolean;
  /** Events to show; `true`: as many as is usual. */
  readonly preview?: number | true;
  /** Seconds to wait for another import. */
  readonly wait: number;
}

/** Everything typed that decides what records become; checked. */
export interface Reading {
  readonly source: string | null;
  /** `null`: that of the source. */
  readonly role: Role | null;
  readonly account: string | null;
  /** Names of accounts, from the config. */
  readonly accounts: AccountNames;
  /** tokenhub's field name to the user's column, or to a constant, `=USD`; empty: the file's own names. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly timeZone: string;
  /** Instant (ms) of records that carry no time. */
  readonly at: number | null;
  /** Buckets take the place of what earlier imports say of them, though smaller. */
  readonly restate: boolean;
}

export function readingOf(options: ImportOptions, { config, timeZone }: Settings): Reading {
  const { source, role, account, map, at } = options;
  if (account?.trim() === '') throw badOption('--account', account, 'is no account', 'name the provider account');
  return {
    source: source ?? null,
    role: role === undefined ? null : parseRole(role),
    account: account?.trim() ?? null,
    accounts: config.accounts,
    mapping: mappingOf(map ?? [], config.mappings),
    timeZone,
    at: at === undefined ? null : parseTime(at, timeZone, '--at').at,
    restate: options.restate ?? false,
  };
}

/**
 * Names of mappings in the config, of which later ones win, and `field=column,...`, which wins over them all; each any
 * number of times, but no field twice among what is typed, nor in one mapping. Fields keep the names they are given by.
 *
 * @throws NO_SUCH_MAPPING, UNKNOWN_FIELD, AMBIGUOUS_COLUMN, BAD_OPTION
 */
function mappingOf(
  texts: readonly string[],
  named: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Readonly<Record<string, string>> {
  const called = texts.filter((text) => !isTyped(text));
  const unknown = called.find((name) => !Object.hasOwn(named, name));
  if (unknown !== undefined) throw noSuchMapping(unknown, Object.keys(named));
  const mappings = [...called.map((name) => Object.entries(named[name]!)), texts.filter(isTyped).flatMap(parsePairs)];
  const fields = Object.fromEntries(new Map(mappings.flatMap((pairs) => [...byField(pairs)])).values());
  checkFields(fields);
  return fields;
}

const isTyped = (text: string): boolean => text.includes('=');

type Pair = readonly [name: string, column: string];

/** Pairs by the field they mean, which may have several names. */
function byField(pairs: readonly Pair[]): ReadonlyMap<string, Pair> {
  const known = new Map<string, Pair>();
  for (const pair of pairs) {
    const field = fieldOf(pair[0]);
    const [, before] = known.get(field) ?? pair;
    if (before !== pair[1]) throw ambiguousColumn(field, before, pair[1]).at({ field: '--map' });
    known.set(field, pair);
  }
  return known;
}

function fieldOf(name: string): string {
  const tag = tagName(name);
  return tag === null ? (ownField(name) ?? name) : `tag:${tag}`;
}

/** A comma begins a new pair only where `field=` follows, so that a column name may hold commas; `==` is a constant. */
function parsePairs(text: string): Pair[] {
  return text.split(/,(?=\s*[\w:-]+\s*=)/).map((pair) => {
    const [field, ...column] = pair.split('=');
    const name = column
      .join('=')
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (field.trim() === '' || name === '' || name === '=')
      throw badOption(
        '--map',
        pair,
        'is no field=column',
        'write --map input_tokens=prompt_tok,timestamp="Start time"',
      );
    return [field.trim(), name];
  });
}

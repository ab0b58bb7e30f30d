import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig } from '../../files/config.js';
import type { Config } from '../../files/config-type.js';
import { findLedger } from '../../files/ledger-path.js';
import { operatorOf } from '../../hub/operators.js';
import { canonicalRules, decidingRules } from '../../hub/rules-identity.js';
import { lineOf } from '../../hub/unit-tree.js';
import type { AppliedRules } from '../../ledger/ledger.js';
import type { Organisation } from '../../report/organisation.js';
import { checkTimeZone } from '../../report/period.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { outputFiles, refuseOverwriting } from '../output.js';
import { say, warn } from '../say.js';

/** What a command works with: flags over environment over config. */
export interface Settings {
  readonly config: Config;
  readonly timeZone: string;
  readonly ledger: { readonly path: string; readonly exists: boolean };
}

/** Files that some commands write or read beside the others, as typed; and the zone. */
interface Beside {
  readonly tz?: string;
  readonly rejects?: string;
  readonly rates?: string;
  readonly metrics?: string;
}

export async function loadSettings(
  io: Io,
  options: ConfigOptions & LedgerOptions & OutputOptions & Beside,
): Promise<Settings> {
  const config = await loadConfig({ cwd: io.cwd, file: options.config ?? null, env: io.env });
  const found = findLedger({ flag: options.ledger ?? null, env: io.env, config, cwd: io.cwd });
  const ledger = { ...found, exists: found.exists && !isEmptyFile(found.path) };
  const timeZone = options.tz ?? config.timeZone;
  checkTimeZone(timeZone);
  const written = [...outputFiles(io, options), ...(options.rejects === undefined ? [] : [options.rejects])];
  const read = [options.rates, options.metrics].flatMap((file) => (file === undefined ? [] : resolve(io.cwd, file)));
  refuseOverwriting(io, written, [config.file, ...config.included, ledger.path, ...priceFilesOf(config), ...read]);
  for (const warning of config.warnings) warn(io, warning);
  if (options.verbose) {
    say(io, `config: ${config.file ?? 'none found, defaults'}`);
    say(io, `ledger: ${ledger.path}${ledger.exists ? '' : ' (does not exist yet)'}`);
    say(io, `time zone: ${timeZone}; unit rules ${rulesOf(config).hash.slice(0, 12)}`);
  }
  return { config, timeZone, ledger };
}

export const priceFilesOf = ({ prices, contracts }: Config): readonly string[] => [
  ...prices,
  ...contracts.flatMap((contract) => contract.prices),
];

/** A file of no bytes is what a first import leaves behind when it is killed; it is no ledger yet. */
const isEmptyFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.size === 0;

/** The config's rules in the form a ledger keeps them. */
export function rulesOf({ units, rules, timeZone }: Config): AppliedRules {
  const hash = createHash('sha256').update(decidingRules(rules, timeZone)).digest('hex');
  return { json: canonicalRules(units, rules, timeZone), hash };
}

/** The tree of units, and who runs what, as a report asks for it. */
export const organisationOf = ({ units }: Config): Organisation => ({
  lineOf: (unit) => lineOf(unit, units),
  operatorOf: (recording) => operatorOf(recording, units),
});

/** Whether the config says anything about units; without it there is nothing to compare a ledger's rules with. */
export const hasRules = ({ units, rules }: Config): boolean => units.length + rules.length > 0;

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cannotWrite } from '../../errors/command-line.js';
import { isThere, otherConfig } from '../../errors/init.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { CONFIG_NAMES, hasSection } from '../../files/config.js';
import { CONFIG_FILE } from '../../files/configs-on-disk.js';
import { limitedText } from '../../files/limited-text.js';
import { slashed } from '../../files/shown-path.js';
import { counted } from '../../render/counted.js';
import { type DraftBudget, draftConfig, SCHEMA_PATH } from '../../render/init-config.js';
import { visible } from '../../render/visible.js';
import type { Io } from '../io.js';
import { ciJob } from './init-ci.js';
import { type CiName, type Found, findPrompts } from './init-found.js';
import { draftBudgets } from './init-limits.js';

export interface InitOptions {
  readonly model?: string;
  /** Absent: the CI in use is told of, and nothing is written for it. */
  readonly ci?: CiName | 'none';
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

const CONFIG = 'tokenhub.config.yaml';
/** A file to be written. */
interface Writing {
  /** Relative to the folder. */
  readonly file: string;
  readonly text: string;
}

/** Writes a config for what is in the folder; nothing is written when anything fails. */
export async function initFlow(io: Io, options: InitOptions): Promise<ExitCode> {
  const { ci, dryRun = false, force = false } = options;
  if (!dryRun) refuseOthers(io.cwd);
  if (!dryRun && !force) refuseThere(io.cwd, [CONFIG]);
  const found = await findPrompts(io.cwd);
  const file = join(io.cwd, CONFIG);
  const budgets = await draftBudgets(io, found.kinds, { file, model: options.model ?? null });
  const text = draftConfig({ budgets, missing: found.missing, schema: installedSchema(io.cwd) });
  const job = ci === undefined || ci === 'none' ? null : ciJob(ci);
  const writings = [{ file: CONFIG, text }, ...(job === null ? [] : [job])];
  if (dryRun) io.out(writings.map((each, i) => (i === 0 ? each.text : `\n# ${each.file}\n${each.text}`)).join(''));
  else writeAll(io, writings, force);
  const tell = dryRun ? io.err : io.out;
  tell(
    `${[...foundLines(found), ...leftLines(found, budgets), ...(dryRun ? [] : writtenLines(writings, job?.rest ?? null))].join('\n')}\n`,
  );
  if (ci === undefined) for (const snippet of snippets(found)) tell(snippet);
  return ExitCode.ok;
}

/** Relative path of the schema of the installed package, in this folder or one above it; `null`: it is in none. */
function installedSchema(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, SCHEMA_PATH);
    if (existsSync(file)) return slashed(relative(folder, file));
    if (dirname(at) === at) return null;
  }
}

function refuseOthers(folder: string): void {
  for (const name of CONFIG_NAMES) if (name !== CONFIG && existsSync(join(folder, name))) throw otherConfig(name);
  const manifest = limitedText(join(folder, 'package.json'), 'package.json', CONFIG_FILE);
  if (hasSection(manifest, 'package.json')) throw otherConfig('package.json');
}

function refuseThere(folder: string, files: readonly string[]): void {
  for (const file of files) if (existsSync(join(folder, file))) throw isThere(file);
}

/** All of them or none: those that were made are removed when one cannot be. */
function writeAll({ cwd }: Io, writings: readonly Writing[], force: boolean): void {
  if (!force)
    refuseThere(
      cwd,
      writings.map(({ file }) => file),
    );
  const made: string[] = [];
  for (const { file, text } of writings) {
    const path = join(cwd, file);
    try {
      mkdirSync(dirname(path), { recursive: true });
      const isNew = !existsSync(path);
      writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
      if (isNew) made.push(path);
    } catch (cause) {
      for (const each of made) rmSync(each, { force: true });
      throw cannotWrite(file, cause);
    }
  }
}

const foundLines = ({ kinds, missing, ci }: Found): string[] => [
  ...kinds.map(
    ({ name, files, paths }) => `found ${name}: ${counted(BigInt(files), 'file')} (${visible(paths.join(', '))})`,
  ),
  ...(missing.length === 0 ? [] : [`not found: ${missing.join(', ')}`]),
  ...(ci.length === 0 ? ['no CI found'] : ci.map((name) => `found ${ciJob(name).name}`)),
];

const leftLines = ({ kinds }: Found, budgets: readonly DraftBudget[]): string[] =>
  kinds
    .filter(({ name }) => budgets.every((budget) => budget.name !== name))
    .map(({ name }) => `left out ${name}: none of the files can be counted; see: tokenhub count <file>`);

const writtenLines = (writings: readonly Writing[], rest: string | null): string[] => [
  ...writings.map(({ file }) => `written: ${file}`),
  ...(rest === null ? [] : [`  ${rest}`]),
  'next: tokenhub check',
];

const snippets = ({ ci }: Found): string[] =>
  ci.map((name) => {
    const { name: title, text } = ciJob(name);
    return `\nFor ${title}:\n\n${text}`;
  });

import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isThere, otherConfig, unknownModelToInit } from '../../errors/init.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { CONFIG_NAMES, hasSection } from '../../files/config.js';
import { CONFIG_FILE } from '../../files/configs-on-disk.js';
import { limitedText } from '../../files/limited-text.js';
import { slashed } from '../../files/shown-path.js';
import { counted } from '../../render/counted.js';
import { type DraftBudget, draftConfig, SCHEMA_PATH } from '../../render/init-config.js';
import { visible } from '../../render/visible.js';
import { nearestModels, resolveModel } from '../../tokenizer/models.js';
import type { Io } from '../io.js';
import { type CiJob, ciJob } from './init-ci.js';
import { type CiName, type Found, findPrompts } from './init-found.js';
import { draftBudgets } from './init-limits.js';
import { writeTogether } from './write-together.js';

interface InitOptions {
  readonly model?: string;
  /** Absent: the CI in use is told of, and nothing is written for it. */
  readonly ci?: CiName | 'none';
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

const CONFIG = 'tokenhub.config.yaml';

/** Writes a config for what is in the folder; nothing is written when anything fails. */
export async function initFlow(io: Io, options: InitOptions): Promise<ExitCode> {
  const { model = null, ci, dryRun = false, force = false } = options;
  if (model !== null) checkModel(model);
  const job = ci === undefined || ci === 'none' ? null : ciJob(ci);
  if (!dryRun) refuseOthers(io.cwd);
  if (!dryRun && !force) refuseThere(io.cwd, job === null ? [CONFIG] : [CONFIG, job.file]);
  const found = await findPrompts(io.cwd);
  const budgets = await draftBudgets(io, found.kinds, { file: join(io.cwd, CONFIG), model });
  const text = draftConfig({ budgets, missing: found.missing, schema: installedSchema(io.cwd) });
  const writings = [{ file: CONFIG, text }, ...(job === null ? [] : [job])];
  if (dryRun) io.out(writings.map((each, i) => (i === 0 ? each.text : `\n# ${each.file}\n${each.text}`)).join(''));
  else writeTogether(io.cwd, writings, force ? 'replace' : 'keep');
  const tell = dryRun ? io.err : io.out;
  const done = dryRun ? [] : [...writings.map(({ file }) => `written: ${file}`), ...restLines(job), nextLine(budgets)];
  tell([...foundLines(found), ...leftLines(found, budgets), ...done].map((line) => `${line}\n`).join(''));
  if (ci === undefined) for (const snippet of snippets(found)) tell(snippet);
  return ExitCode.ok;
}

/** Before anything is looked for, and whether or not there is something to count. */
function checkModel(model: string): void {
  try {
    resolveModel(model);
  } catch (cause) {
    throw unknownModelToInit(model, nearestModels(model), cause);
  }
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

const restLines = (job: CiJob | null): string[] => (job === null || job.rest === null ? [] : [`  ${job.rest}`]);

/** A check without a budget would be refused. */
const nextLine = (budgets: readonly DraftBudget[]): string =>
  budgets.length > 0
    ? 'next: tokenhub check'
    : `next: write a budget into ${CONFIG}, which has examples; then tokenhub check`;

const snippets = ({ ci }: Found): string[] =>
  ci
    .map(ciJob)
    .map((job) => [`\nFor ${job.name}:\n`, ...restLines(job).map((line) => `${line}\n`), '\n', job.text].join(''));

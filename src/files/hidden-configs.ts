import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type HiddenConfig, isInstalled } from './config-files.js';
import { fixedEnds, matchGlob } from './glob.js';
import { hidingOf, type Listed, matchedBeneath, type Named } from './linked-files.js';
import { realOf } from './real-path.js';
import type { FoundSkip } from './walk.js';

/** The configs that a glob would reach through what its listing skipped. */
export async function hiddenConfigs(listed: Listed): Promise<HiddenConfig[]> {
  const hidden: HiddenConfig[] = [];
  for (const skip of listed.found.skipped)
    for (const { name, real } of await reachedThrough(skip, listed))
      if (!isInstalled(name.slice(listed.root.length)) && isFile(real))
        hidden.push({ behind: skip.absolute, name, real });
  return hidden;
}

async function reachedThrough(skip: FoundSkip, listed: Listed): Promise<readonly Named[]> {
  const hiding = hidingOf(skip, listed);
  if (hiding?.kind === 'folder') return matchedBeneath({ name: skip.absolute, real: hiding.real }, listed);
  const names = hiding?.kind === 'unknown' ? fixedEnds(listed.glob).map((end) => join(skip.absolute, end)) : [];
  const matched = await matchGlob(listed.glob, [...names, skip.absolute]);
  return [...matched].filter(existsSync).map((name) => ({ name, real: realOf(name) }));
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

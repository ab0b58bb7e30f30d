/** What `init` finds in a folder: files that are sent to models, and the CI in use. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { matchGlob } from '../../files/glob.js';
import { PROMPT_KINDS, type PromptKind } from '../../files/prompt-kinds.js';
import { type SentJson, sentJsonIn } from '../../files/sent-json.js';
import { findPath, gather, type ListedFile } from '../../files/walk.js';

/** Files of one kind, as a budget may name them. */
export interface FoundKind {
  readonly name: string;
  /** Globs, or paths, of which each is there. */
  readonly paths: readonly string[];
  readonly files: number;
  /** Whether they are JSON that is sent to a model. */
  readonly messages: boolean;
}

const CI_NAMES = ['github', 'gitlab'] as const;
export type CiName = (typeof CI_NAMES)[number];

export interface Found {
  /** In the order they are looked for. */
  readonly kinds: readonly FoundKind[];
  /** Kinds of which there is no file. */
  readonly missing: readonly string[];
  readonly ci: readonly (CiName | 'pre-commit')[];
}

/** @param folder  absolute; files that git ignores are not looked at */
export async function findPrompts(folder: string): Promise<Found> {
  const found = findPath('.', folder);
  const { files } = gather(found === null ? [] : [found]);
  const byName = await Promise.all(PROMPT_KINDS.map((kind) => kindFound(kind, files, folder)));
  const kinds = [...byName, ...jsonKinds(files)];
  return {
    kinds: kinds.filter((kind) => kind.files > 0),
    missing: kinds.filter((kind) => kind.files === 0).map(({ name }) => name),
    ci: ciIn(folder),
  };
}

async function kindFound({ name, globs }: PromptKind, files: readonly ListedFile[], base: string): Promise<FoundKind> {
  const absolutes = files.map(({ absolute }) => absolute);
  const found = await Promise.all(
    globs.map(async (pattern) => ({ pattern, matched: await matchGlob({ base, pattern }, absolutes) })),
  );
  const paths = found.filter(({ matched }) => matched.size > 0).map(({ pattern }) => pattern);
  return { name, paths, files: new Set(found.flatMap(({ matched }) => [...matched])).size, messages: false };
}

function jsonKinds(files: readonly ListedFile[]): FoundKind[] {
  const sent = files
    .filter(({ path }) => /\.json$/i.test(path))
    .map(({ path, absolute }) => ({ path, kind: sentJsonIn(absolute) }));
  const of = (name: string, wanted: SentJson): FoundKind => {
    const paths = sent.filter(({ kind }) => kind === wanted).map(({ path }) => path);
    return { name, paths, files: paths.length, messages: true };
  };
  return [of('tool lists', 'tool list'), of('requests', 'request')];
}

const CI_FILES: readonly (readonly [Found['ci'][number], readonly string[]])[] = [
  ['github', ['.github/workflows']],
  ['gitlab', ['.gitlab-ci.yml']],
  ['pre-commit', ['.pre-commit-config.yaml', '.pre-commit-config.yml']],
];

const ciIn = (folder: string): Found['ci'] =>
  CI_FILES.filter(([, names]) => names.some((name) => existsSync(join(folder, name)))).map(([ci]) => ci);

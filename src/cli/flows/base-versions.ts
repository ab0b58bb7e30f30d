import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { blobId } from '../../files/blob-id.js';
import { type Commit, type TreeEntry, unchangedSinceIndex } from '../../files/git-tree.js';
import { readRegularFile } from '../../files/read-text.js';
import type { Skipped } from '../../files/walk.js';
import { NOT_UTF8_NAME } from '../../files/walk-folder.js';
import { type PlacedFile, type Sides, shownInside } from './base-sides.js';
import { compareText } from './choose-lines.js';

export type Status = 'added' | 'deleted' | 'modified' | 'renamed' | 'unchanged';

/** One file in both versions. */
export interface Version {
  /** As shown. */
  readonly path: string;
  /** Its old path, as shown, when it has another one now. */
  readonly from: string | null;
  readonly status: Status;
  /** Object id of the version in the commit; `null`: it is not in it. */
  readonly baseId: string | null;
  /** `null`: it is not in the work tree, or cannot be counted there. */
  readonly file: PlacedFile | null;
}

export interface Versions {
  readonly versions: readonly Version[];
  readonly skipped: readonly Skipped[];
}

/** Pairs the files of both sides by path, and those that only moved by content. */
export function versionsOf(sides: Sides, commit: Commit, cwd: string): Versions {
  const unchanged = unchangedSinceIndex(commit);
  const before = new Map(sides.base.map((entry) => [entry.path, entry]));
  const modules = sides.modules.map((path) => `${path}/`);
  const isInModule = (path: string) => modules.some((module) => path.startsWith(module));
  const own = sides.files.filter(({ inRepository }) => !isInModule(inRepository));
  const present = own.map((file) => presentVersion(file, before.get(file.inRepository), unchanged));
  const absent = absentVersions(sides, { commit, cwd, unchanged });
  return {
    versions: pairMoved([...present, ...absent.versions]).sort((a, b) => compareText(a.path, b.path)),
    skipped: [
      ...absent.skipped,
      ...sides.files
        .filter(({ inRepository }) => isInModule(inRepository))
        .map(({ path }) => ({ path, reason: 'in a submodule' })),
    ],
  };
}

function presentVersion(
  file: PlacedFile,
  entry: TreeEntry | undefined,
  unchanged: ReadonlyMap<string, string>,
): Version {
  const { path, inRepository } = file;
  const found = { path, from: null, file };
  if (entry === undefined || entry.kind !== 'file') return { ...found, status: 'added', baseId: null };
  const isSame = unchanged.get(inRepository) === entry.id || idOf(file.absolute, entry.id) === entry.id;
  return { ...found, status: isSame ? 'unchanged' : 'modified', baseId: entry.id };
}

/** `null`: it cannot be read; whoever counts it says why. */
function idOf(absolute: string, like: string): string | null {
  try {
    const bytes = readRegularFile(absolute);
    return bytes instanceof Uint8Array ? blobId(bytes, like) : null;
  } catch {
    return null;
  }
}

interface Repository {
  readonly commit: Commit;
  readonly cwd: string;
  readonly unchanged: ReadonlyMap<string, string>;
}

/** What the commit has and the work tree has not, or not as a text. */
function absentVersions({ base, files, skipped }: Sides, { commit, cwd, unchanged }: Repository): Versions {
  const present = new Set(files.map(({ inRepository }) => inRepository));
  const named = new Map(skipped.map((skip) => [skip.inRepository, skip]));
  const versions: Version[] = [];
  const left: Skipped[] = [];
  for (const { path: place, kind, id } of base.filter(({ path }) => !present.has(path))) {
    const found = named.get(place);
    if (found?.reason === NOT_UTF8_NAME) continue; // it cannot be counted on either side
    const path = found?.path ?? shownInside(place, commit, cwd);
    const isNamed = found !== undefined;
    if (kind !== 'file') left.push(...(isNamed ? [] : [{ path, reason: kind }]));
    else if (isNamed) versions.push({ path, from: null, status: 'modified', baseId: id, file: null });
    else if (unchanged.get(place) === id && !existsSync(join(commit.root, place)))
      left.push({ path, reason: 'not checked out' });
    else versions.push({ path, from: null, status: 'deleted', baseId: id, file: null });
  }
  return { versions, skipped: left };
}

/** Deleted files that were added elsewhere with the very same bytes; an empty file is no proof of anything. */
function pairMoved(versions: readonly Version[]): Version[] {
  const gone = new Map<string, Version[]>();
  for (const version of versions) {
    if (version.status !== 'deleted' || version.baseId === null) continue;
    gone.set(version.baseId, [...(gone.get(version.baseId) ?? []), version]);
  }
  if (gone.size === 0) return [...versions];
  const like = gone.keys().next().value!;
  const empty = blobId(new Uint8Array(), like);
  return withRenames(versions, (version) => {
    const id = version.file === null ? null : idOf(version.file.absolute, like);
    return id === null || id === empty ? undefined : gone.get(id)?.shift();
  });
}

/** Added files become renamed ones where their old version is found; that one is no longer deleted. */
export function withRenames(versions: readonly Version[], oldOf: (added: Version) => Version | undefined): Version[] {
  const moved = new Set<Version>();
  const renamed = versions.map((version): Version => {
    const old = version.status === 'added' ? oldOf(version) : undefined;
    if (old === undefined) return version;
    moved.add(old);
    return { ...version, from: old.path, status: 'renamed', baseId: old.baseId };
  });
  return renamed.filter((version) => !moved.has(version));
}

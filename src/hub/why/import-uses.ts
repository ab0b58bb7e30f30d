/** The files a figure was read from. */

import { grouped, isInFigure, largerFirst, type Share, shareOf } from './share.js';
import type { ReadTrace } from './trace.js';

/** A file as it was imported. */
export interface ImportedFile {
  readonly id: number;
  /** As it was typed. */
  readonly path: string;
  readonly source: string;
  readonly role: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Events of one import that another import holds a record of, too; of views that are read. */
export interface SharedEvents {
  readonly import: number;
  readonly other: number;
  readonly events: bigint;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Lines between which the records of some events begin, both included. */
export interface Lines {
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface ImportUse extends ImportedFile, Lines, Share {
  /** Imports that hold records of the same events. */
  readonly alsoIn: readonly (Lines & Pick<ImportedFile, 'id' | 'path' | 'sha256'> & { readonly events: bigint })[];
}

/** By import, the larger share first. */
export function importUses(
  parts: readonly ReadTrace[],
  files: readonly ImportedFile[],
  shared: readonly SharedEvents[],
): ImportUse[] {
  const byId = new Map(files.map((file) => [file.id, file]));
  return grouped(parts.filter(isInFigure), ({ trace }) => `${trace.import}`)
    .map((group) => {
      const { id, path, source, role, sha256, bytes } = byId.get(group[0]!.trace.import)!;
      return {
        ...{ id, path, source, role, sha256, bytes },
        ...linesOf(group.map(({ trace }) => trace)),
        ...shareOf(group),
        alsoIn: othersOf(
          shared.filter((each) => each.import === id),
          byId,
        ),
      };
    })
    .sort(largerFirst);
}

function othersOf(shared: readonly SharedEvents[], byId: ReadonlyMap<number, ImportedFile>): ImportUse['alsoIn'] {
  return grouped(shared, ({ other }) => `${other}`).map((group) => {
    const { id, path, sha256 } = byId.get(group[0]!.other)!;
    return { id, path, sha256, ...linesOf(group), events: group.reduce((sum, { events }) => sum + events, 0n) };
  });
}

const linesOf = (all: readonly Lines[]): Lines => ({
  firstLine: Math.min(...all.map(({ firstLine }) => firstLine)),
  lastLine: Math.max(...all.map(({ lastLine }) => lastLine)),
});

import { ExitCode } from '../../errors/tokenhub-error.js';
import { unknownSource } from '../../errors/usage-files.js';
import { nearest } from '../../nearest.js';
import { type SourceFacts, sourceSheet, sourcesSheet } from '../../render/sources-sheet.js';
import { stageOf } from '../../usage/roles.js';
import type { Source } from '../../usage/source.js';
import { SOURCE_NAMES, SOURCES } from '../../usage/sources/all.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { envelope } from './envelope.js';

/** Lists every source, or explains the named one, of which there may be several kinds of file. */
export async function sourcesFlow(io: Io, name: string | undefined, options: OutputOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const sources = (name === undefined ? byName(SOURCES) : sourcesNamed(name)).map(factsOf);
  await present(io, options, {
    body: () => envelope('sources', { sources }),
    rows: () => sources,
    sheet: () => (name === undefined ? sourcesSheet(sources) : sourceSheet(sources)),
  });
  return ExitCode.ok;
}

/** In the order of their names; kinds of file of one source as they are asked. */
const byName = (sources: readonly Source[]): Source[] =>
  [...sources].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

function sourcesNamed(name: string): Source[] {
  const named = SOURCES.filter((source) => source.name === name.trim().toLowerCase());
  if (named.length > 0) return named;
  throw unknownSource(name, nearest(name, SOURCE_NAMES), SOURCE_NAMES).movedTo({});
}

const factsOf = ({ name, title, kind, role, account, key, reads, documentation }: Source): SourceFacts => ({
  name,
  title,
  kind,
  role,
  stage: stageOf(role),
  account,
  key,
  reads,
  documentation,
});

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type EncodingName, encodingNamed, type PackagedVocabulary } from '../tokenizer/encodings.js';
import type { ModelEncoding } from '../tokenizer/models.js';
import { packageRoot } from './package-root.js';

/**
 * The vocabulary's file in an installed data package: in `node_modules` of a folder from `cwd` upwards, or beside tokenhub itself.
 *
 * @param cwd  absolute
 * @returns    absolute; `null` when the package is not installed
 */
export function findPackaged({ package: name, file }: PackagedVocabulary, cwd: string): string | null {
  const folders = [...upwards(cwd), ...upwards(packageRoot())];
  return folders.map((folder) => join(folder, 'node_modules', name, file)).find((path) => existsSync(path)) ?? null;
}

/** The data package of an encoding that does not ship. */
export function packageOf(name: EncodingName | null): string | null {
  const vocabulary = name === null ? '' : encodingNamed(name).vocabulary;
  return typeof vocabulary === 'string' ? null : vocabulary.package;
}

/** A model as it can be counted here: exact with its own encoding, where that does not ship but is installed. */
export function asInstalled(model: ModelEncoding, cwd: string): ModelEncoding {
  if (model.exactWith === null) return model;
  const { vocabulary, source } = encodingNamed(model.exactWith);
  if (typeof vocabulary === 'string' || findPackaged(vocabulary, cwd) === null) return model;
  return { ...model, encoding: model.exactWith, method: 'exact', factor: 1, band: null, source };
}

/** A folder and those above it. */
function upwards(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}

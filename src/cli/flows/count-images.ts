import { badOption, usageError } from '../../errors/command-line.js';
import { noImageFormula, noModelNamed } from '../../errors/models.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { readImageSize } from '../../files/image-size.js';
import { imagesSheet } from '../../render/images-sheet.js';
import type { ImageFormula, ImageSize } from '../../tokenizer/images/image-formula.js';
import { IMAGE_MODEL_EXAMPLES, imageFormulaOf } from '../../tokenizer/images/image-models.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { warn } from '../say.js';
import { askedPaths } from './asked-paths.js';
import type { ApartOptions } from './count-apart-options.js';
import { type Inputs, inputsOf, type SkippedInput } from './count-inputs.js';
import { printTotals } from './count-outcome.js';
import { envelope } from './envelope.js';

interface Image extends ImageSize {
  readonly path: string;
}

/** Counts image files by the formulas of the models. */
export async function countImagesFlow(io: Io, paths: readonly string[], options: ApartOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const asked = await askedPaths(io, paths, options.filesFrom);
  if (asked.standardInput) throw usageError('no image is named', 'count ');
  const formulas = formulasOf(options);
  const { images, skipped } = imagesOf(await inputsOf(io, asked, options));
  for (const { path, reason } of skipped) warn(io, `${path}: skipped, ${reason}`);
  const counts = formulas.map(({ model, formula }) => countOf(model, formula, images, options));
  if (options.totalOnly)
    printTotals(
      io,
      counts.map(({ model }) => ({ model, encoding: null })),
      counts.map(({ total }) => total.tokens),
    );
  else
    await presentImages(io, options, {
      counts,
      skipped: skipped.map(({ path, reason }) => ({ path, reason })),
      notes: [],
    });
  return skipped.some(({ isNamed }) => isNamed) ? ExitCode.userError : ExitCode.ok;
}

/** @throws NO_MODEL_NAMED, NO_IMAGE_FORMULA */
function formulasOf({ model = [], encoding = [] }: ApartOptions): { model: string; formula: ImageFormula }[] {
  if (encoding.length > 0)
    throw badOption(
      '--encoding',
      encoding[0],
      'is no model, and images have no encoding',
      'name a model: --model gpt-4o',
    );
  if (model.length === 0) throw noModelNamed('images');
  return model.map((name) => {
    const formula = imageFormulaOf(name);
    if (formula === null) throw noImageFormula(name, IMAGE_MODEL_EXAMPLES);
    return { model: name, formula };
  });
}

/** In a folder, what is no image is passed over; a file named by itself must be one. */
function imagesOf({ files, skipped: before }: Inputs): { images: Image[]; skipped: SkippedInput[] } {
  const images: Image[] = [];
  const skipped = [...before];
  for (const { path, absolute, explicit } of files) {
    const size = readImageSize(absolute);
    if (!('unknown' in size)) images.push({ path, ...size });
    else if (explicit || !size.unknown.startsWith('no image format'))
      skipped.push({ path, reason: size.unknown, isNamed: explicit });
  }
  return { images, skipped };
}

function countOf(model: string, formula: ImageFormula, images: readonly Image[], { detail }: ApartOptions) {
  const rows = images.map(({ path, width, height }) => ({
    path,
    width,
    height,
    tokens: formula.tokens({ width, height }, { detail }),
  }));
  return {
    model,
    formula: formula.name,
    method: formula.method,
    band: null,
    source: formula.source,
    total: { tokens: rows.reduce((sum, { tokens }) => sum + tokens, 0), files: rows.length },
    rows,
  };
}

export interface ImagesBody {
  readonly counts: readonly ReturnType<typeof countOf>[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly never[];
}

const presentImages = (io: Io, options: ApartOptions, body: ImagesBody): Promise<void> =>
  present(io, options, {
    body: () => envelope('count', body),
    rows: () => body.counts.flatMap(({ model, formula, rows }) => rows.map((row) => ({ model, formula, ...row }))),
    sheet: () => imagesSheet(body.counts),
  });

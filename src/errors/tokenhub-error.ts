/**
 * The one error class of tokenhub. Only the named functions beside this file make it: every error has a public code, a
 * lower-case message that says what happened, where it happened, and a hint: what to type next. Codes may be added, never
 * renamed. This folder stands beside the rooms: any of them may import it.
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

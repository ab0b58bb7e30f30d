import { type ErrorFacts, errorOfFacts, TokenhubError } from '../../errors/tokenhub-error.js';

/** An error as one thread tells it to another, which would lose its class. */
export type ToldFailure = { readonly facts: ErrorFacts } | { readonly defect: Error };

export const toldFailure = (error: unknown): ToldFailure => {
  if (!(error instanceof TokenhubError)) return { defect: error instanceof Error ? error : new Error(String(error)) };
  const { code, message, hint, place, exitCode } = error;
  return { facts: { code, message, hint, place, exitCode } };
};

export const failureFrom = (told: ToldFailure): Error => ('facts' in told ? errorOfFacts(told.facts) : told.defect);

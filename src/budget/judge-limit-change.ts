import { CODES } from './codes.js';
import type { FieldChange, LimitChange } from './limit-changes.js';
import { shownLimit } from './limit-text.js';
import { ground, type Verdict } from './verdict.js';

/** Whose limits judge the change. */
interface LimitsOf {
  /** As messages call the base. */
  readonly base: string;
  readonly judging: 'base' | 'head';
}

/** A limit that the change loosens warns: its reviewers should know. */
export function judgeLimitChange({ before, now, fields }: LimitChange, { base, judging }: LimitsOf): Verdict {
  const removed = `removes this budget${before.max === null ? '' : ` of ${shownLimit(before.max)}`}`;
  return {
    ...ground(now ?? before, 'change'),
    level: 'warn',
    code: CODES.limitChanged,
    message: `the change ${now === null ? removed : changesText(fields)}`,
    hint:
      judging === 'base'
        ? `the limits of ${base} judge this change; what it loosens holds for the changes after it`
        : 'loosen limits in a change of their own, which this only warns of; with --config-from base the former limits judge',
  };
}

/** `loosens `max` from …`; of what decides what is judged nothing says which way it goes. */
function changesText(fields: readonly FieldChange[]): string {
  const [looser, other] = [fields.filter(({ isLooser }) => isLooser), fields.filter(({ isLooser }) => !isLooser)];
  const told = (verb: string, of: readonly FieldChange[]): string[] =>
    of.length === 0
      ? []
      : [`${verb} ${of.map(({ field, from, to }) => `\`${field}\` from ${from} to ${to}`).join('; ')}`];
  return [...told('loosens', looser), ...told('alters', other)].join(', and ');
}

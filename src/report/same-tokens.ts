import type { Role } from '../usage/event.js';
import { familyOf, isAcrossAccounts, isConsecutive } from '../usage/families.js';
import type { Recording } from '../usage/recording.js';
import { daySpan } from './day-text.js';
import type { View } from './view.js';

/** Nearest to what the provider measures first. */
export const ROLES_FOR_TOKENS: readonly Role[] = ['meter', 'bill', 'gateway', 'app', 'engine'];

/** Complete by nature: several sources of one account are alternatives. The others are partial and are added. */
const COMPLETE: ReadonlySet<Role> = new Set(['meter', 'bill']);

/**
 * Whether two views of usage may tell of the same tokens, so that only one of them may be read: views of one account that
 * share a day, in different roles, of alternative sources, or of one source in two grains.
 */
export const tellSameTokens = (a: View, b: View): boolean =>
  shareDay(a, b) && areAlternatives(a.recording, b.recording);

export function areAlternatives(a: Recording, b: Recording): boolean {
  const isOneFamily = familyOf(a.source) === familyOf(b.source);
  if (a.account !== b.account)
    return isOneFamily && a.source !== b.source && (isAcrossAccounts(a.source) || isAcrossAccounts(b.source));
  if (a.role !== b.role) return true;
  return a.source === b.source ? !isConsecutive(a.source) : isOneFamily || COMPLETE.has(a.role);
}

export function shareDay(a: View, b: View): boolean {
  if (a.day === b.day) return true;
  const [one, other] = [daySpan(a.day), daySpan(b.day)];
  return one.first <= other.last && other.first <= one.last;
}

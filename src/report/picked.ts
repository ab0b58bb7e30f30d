import { familyOf, isAcrossAccounts } from '../usage/families.js';
import { daySpan, daysOfSpan, isRange } from './day-text.js';
import { tellSameTokens } from './same-tokens.js';
import type { View } from './view.js';

/** Views picked one by one, the better first, so that none tells what another does. */
export class Picked<V extends View> {
  readonly #all = new Set<V>();
  /** By account and by family, of a day and of several: only these can be in the way of a view. */
  readonly #near = new Map<string, V[]>();

  get size(): number {
    return this.#all.size;
  }

  has(view: V): boolean {
    return this.#all.has(view);
  }

  [Symbol.iterator](): Iterator<V> {
    return this.#all[Symbol.iterator]();
  }

  add(view: V): void {
    this.#all.add(view);
    const { account, source } = view.recording;
    const when = isRange(view.day) ? 'days' : view.day;
    const across = isAcrossAccounts(source) ? [`across ${when} ${familyOf(source)}`] : [];
    for (const key of [`account ${when} ${account}`, `family ${when} ${familyOf(source)}`, ...across]) {
      const known = this.#near.get(key);
      if (known === undefined) this.#near.set(key, [view]);
      else known.push(view);
    }
  }

  /** Whether something picked stands in a relation to a view; by default, that it tells the same tokens. */
  tells(view: V, isSame: (picked: V, view: V) => boolean = tellSameTokens): boolean {
    const { account, source } = view.recording;
    const isAmong = (key: string) => this.#near.get(key)?.some((picked) => isSame(picked, view)) ?? false;
    return ['days', ...daysOfSpan(daySpan(view.day))].some(
      (when) =>
        isAmong(`account ${when} ${account}`) ||
        isAmong(`${isAcrossAccounts(source) ? 'family' : 'across'} ${when} ${familyOf(source)}`),
    );
  }

  /** Picks, in their order, the views that tell nothing that is picked already. */
  pick(views: readonly V[]): void {
    for (const view of views) if (!this.tells(view)) this.add(view);
  }
}

import type { CountedBy } from '../../files/count-files.js';
import { processSurroundings } from '../../files/surroundings.js';
import type { BudgetCounter } from './counted-budget.js';

/** A gate reads every file: it takes no counts of an earlier run. */
export const gateOver = (root: string, { encoding }: BudgetCounter): CountedBy => ({
  ...processSurroundings(),
  cwd: root,
  encodings: [encoding],
  cache: 'none',
});

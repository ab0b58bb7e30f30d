import fc from 'fast-check';

/**
 * Property tests draw the same values in every run, so that a change is judged by what it changed and by no luck of
 * the draw. `TEST_SEED=<a whole number> npm test` draws others; a failing property prints its seed and its example.
 */
const DRAWN = 20_261_126;

fc.configureGlobal({ seed: seedFrom(process.env.TEST_SEED) });

function seedFrom(text: string | undefined): number {
  if (text === undefined) return DRAWN;
  if (!/^-?\d{1,10}$/.test(text)) throw new Error(`TEST_SEED is "${text}", not a whole number of up to ten digits`);
  return Number(text) | 0;
}

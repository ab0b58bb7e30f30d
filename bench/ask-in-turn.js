import { text } from 'node:stream/consumers';
import { median } from './median.js';

/** What a process of questions was sent: `{ path, questions, patience, rounds }`. */
export const work = async () => JSON.parse(await text(process.stdin));

/**
 * Asks each question once to warm up and then until its time is over, once at least.
 * @param questions  `[name, ask]`, where `ask()` gives the rows of the answer, or `ask` is null: it cannot be asked here
 * @param pace       `{ patience, rounds }`: milliseconds for each question, and times at most; once when they are left out
 * @returns          by name `{ ms, rows }`: the median, and the answer; null where there is none
 */
export async function askInTurn(questions, pace) {
  const answers = {};
  for (const [name, ask] of questions) answers[name] = ask === null ? null : await askAgain(ask, pace);
  return answers;
}

async function askAgain(ask, { patience = 0, rounds = 1 }) {
  const rows = await ask();
  const times = [];
  for (let spent = 0; times.length === 0 || (spent < patience && times.length < rounds); spent += times.at(-1)) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  return { ms: median(times), rows };
}

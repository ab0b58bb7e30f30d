/** Several counters, in turn (A B C A B C), so that noise of the machine hits all alike. */

import { median } from './median.js';

/** Time for all runs of one counter on one input, in milliseconds: slow ones run less often, but once at least. */
const PATIENCE = 3000;

/** Every run's text is so many bytes shorter than that of the run before, so that nobody can remember the answer. */
const DROPPED = 64;

/**
 * @param entrants  `{ name, input, start }`, where `start()` gives `{ ask, stop }` as `startPeer` does; an input is
 *   `{ path, bytes, slice }`, `slice` being a smaller input for those that are too slow, or null
 * @param pace      `{ runs, seconds }`: runs at most, and the limit of each
 * @returns         per entrant `{ name, input, tokens, first, ms, died }`: milliseconds of the first run and the median of
 *   those after it, null where there is none; `died` says why, or why `input` is the slice
 */
export async function race(entrants, pace) {
  const lanes = [];
  for (const entrant of entrants) lanes.push(await warmUp(entrant, pace));
  for (let run = 1; run <= pace.runs; run++) {
    for (const lane of lanes) if (run <= lane.runs) await runOnce(lane, run, pace);
  }
  for (const { process } of lanes) process.stop();
  return lanes.map(({ name, input, tokens, first, times, died }) => {
    const ms = times.length === 0 ? null : median(times);
    return { name, input, tokens, first, ms, died };
  });
}

/** The first run; a counter that dies of it may try the slice. */
async function warmUp({ name, input, start, died = null }, pace) {
  const process = start();
  const answer = await process.ask({ paths: [input.path] }, pace.seconds);
  if (!('died' in answer)) {
    const runs = Math.max(1, Math.floor(PATIENCE / answer.ms));
    return { name, process, input, tokens: answer.tokens, first: answer.ms, runs, times: [], died };
  }
  if (input.slice === null) return { name, process, input, tokens: null, first: null, runs: 0, times: [], ...answer };
  process.stop();
  return warmUp({ name, input: input.slice, start, ...answer }, pace);
}

async function runOnce(lane, run, { seconds }) {
  const { ms, died } = await lane.process.ask({ paths: [lane.input.path], dropped: run * DROPPED }, seconds);
  if (died === undefined) lane.times.push(ms);
  else Object.assign(lane, { times: [], runs: 0, died });
}

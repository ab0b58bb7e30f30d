/** Several counters, in turn (A B C A B C), so that noise of the machine hits all alike. */

import { median } from './median.js';

/** Time for all runs of one counter on one input, in milliseconds: slow ones run less often, but once at least. */
const PATIENCE = 4000;

/**
 * @param entrants  `{ name, input, start }`, where `start()` gives `{ ask, stop }` as `startPeer` does; an input is
 *   `{ path, bytes, slice }`, `slice` being a smaller input for those that are too slow, or null
 * @param pace      `{ runs, seconds }`: runs at most, and the limit of each
 * @returns         per entrant `{ name, input, tokens, first, ms, died }`: milliseconds of the first run and the median of
 *   those after it, or why there is none; `input` is the one it could do
 */
export async function race(entrants, pace) {
  const lanes = [];
  for (const entrant of entrants) lanes.push(await warmUp(entrant, pace));
  for (let run = 0; run < pace.runs; run++) {
    for (const lane of lanes) if (run < lane.runs && lane.died === null) await runOnce(lane, pace);
  }
  for (const { process } of lanes) process.stop();
  return lanes.map(({ name, input, tokens, first, times, died }) => {
    const ms = died === null ? median(times) : null;
    return { name, input, tokens, first, ms, died };
  });
}

/** The first run; a counter that dies of it may try the slice. */
async function warmUp({ name, input, start }, pace) {
  const process = start();
  const { tokens = null, ms = null, died = null } = await process.ask([input.path], pace.seconds);
  if (died !== null && input.slice !== null) {
    process.stop();
    return warmUp({ name, input: input.slice, start }, pace);
  }
  return { name, process, input, tokens, first: ms, runs: Math.max(1, Math.floor(PATIENCE / ms)), times: [], died };
}

async function runOnce(lane, { seconds }) {
  const { ms, died = null } = await lane.process.ask([lane.input.path], seconds);
  if (died === null) lane.times.push(ms);
  else lane.died = died;
}

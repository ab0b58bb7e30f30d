/** The calls of the month, simulated once. What each system recorded of them is made from these and nothing else. */

import { CALLERS, OWN_MODEL } from './organisation.js';
import { DAYS, instant, isWeekday } from './time.js';

/** Least and most tokens of input; most of output; percent of calls that find some input in the cache. */
const SIZES = {
  'qwen3-max': { input: [4_000, 60_000], output: 1_500, cachedPercent: 45 },
  'qwen3.7-plus': { input: [900, 28_000], output: 1_200, cachedPercent: 35 },
  'qwen3-coder-plus': { input: [8_000, 90_000], output: 2_400, cachedPercent: 60 },
  [OWN_MODEL]: { input: [400, 11_000], output: 900, cachedPercent: 30 },
};

/** Every call of the month in the order of time; `cause` says what went wrong with it, see `planted.js`. */
export function callsOf(random) {
  const calls = [...qianwen(random), ...wukong(random), ...innovation(random), ...sandbox(random)];
  calls.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return numbered(calls);
}

/** Several calls of one model within an hour, as people and programs make them. */
function burst(random, { caller, model, day, hour, calls }) {
  const minutes = Array.from({ length: calls }, () => random.whole(0, 59)).sort((a, b) => a - b);
  return minutes.map((minute) => call(random, { caller, model, at: instant(day, hour, minute, random.whole(0, 59)) }));
}

function call(random, { caller, model, at, ...more }) {
  const { input, output, cachedPercent } = SIZES[model];
  const tokens = { input: random.whole(...input), output: random.whole(40, output) };
  const cached = random.chance(cachedPercent) ? 64 * random.whole(1, Math.floor(tokens.input / 80)) : 0;
  const thinks = model === 'qwen3-max';
  return {
    ...{ id: '', caller, model, at, ...tokens, cached },
    /** `null`: the model does not think, so that nobody reports it. */
    reasoning: thinks ? random.whole(0, Math.floor(tokens.output / 2)) : null,
    latencyMs: 300 + tokens.output * 11 + random.whole(0, 400),
    cause: null,
    ...more,
  };
}

/** The consumer app: every day, late in the evening too; two calls lie around midnight of the 18th. */
function qianwen(random) {
  const models = ['qwen3.7-plus', 'qwen3.7-plus', 'qwen3.7-plus', OWN_MODEL, OWN_MODEL, 'qwen3-max'];
  const hours = [8, 10, 12, 15, 18, 20];
  const daily = DAYS.flatMap((day) =>
    [0, 1].flatMap((turn) =>
      burst(random, {
        ...{ caller: 'qianwen', model: random.pick(models), day },
        ...{ hour: hours[(day * 2 + turn * 3) % 6], calls: random.whole(2, 3) },
      }),
    ),
  );
  const evening = [21, 22, 23].flatMap((hour) =>
    burst(random, { caller: 'qianwen', model: 'qwen3.7-plus', day: 31, hour, calls: 2 }),
  );
  const midnight = [instant(1, 0, 2), instant(18, 23, 59, 30), instant(19, 0, 0, 10)].map((at) =>
    call(random, { caller: 'qianwen', model: 'qwen3-max', at }),
  );
  return [...daily, ...evening, ...midnight];
}

/** Enterprise agents: two runs on a weekday, each one trace of two or three calls. */
function wukong(random) {
  const teams = ['wukong-hr', 'wukong-sales'];
  return DAYS.filter(isWeekday).flatMap((day) =>
    teams.flatMap((caller, turn) => {
      const models = turn === 0 ? ['qwen3-max', OWN_MODEL] : ['qwen3-max', 'qwen3-coder-plus', OWN_MODEL];
      return run(random, {
        caller,
        model: random.pick(models),
        start: instant(day, 9 + turn * 5, random.whole(0, 50)),
      });
    }),
  );
}

function run(random, { caller, model, start }) {
  const trace = random.hex(32);
  const agent = `${caller}-${random.whole(1, 3)}`;
  const user = random.pick(CALLERS[caller].users);
  const session = `c-${random.hex(8)}`;
  return Array.from({ length: random.whole(2, 3) }, (_, step) => {
    // the agents send their trace and span as x-request-id, so that gateway and spans name a call alike
    const id = `${trace}:${random.hex(16)}`;
    return { ...call(random, { caller, model, at: start + step * 45_000 }), id, trace, agent, user, session };
  });
}

/** Multimodal products: some of their calls carry pictures, whose tokens are part of the input. */
function innovation(random) {
  return DAYS.filter((day) => day % 2 === 0).flatMap((day) =>
    burst(random, {
      ...{ caller: 'innovation', model: random.pick(['qwen3.7-plus', 'qwen3.7-plus', 'qwen3-max']), day },
      ...{ hour: 11 + (day % 6), calls: 3 },
    }).map((made) => ({ ...made, imageTokens: made.model === 'qwen3-max' ? null : Math.floor(made.input / 3) })),
  );
}

/** Trials under a key that two calls before the 15th belong to AI Innovation, and two after it to nobody. */
const sandbox = (random) =>
  [6, 9, 20, 27].map((day) => call(random, { caller: 'sandbox', model: 'qwen3.7-plus', at: instant(day, 16, 20) }));

const PREFIXES = { qianwen: 'q', innovation: 'm', sandbox: 'x' };

/** Calls that have no id yet are counted per caller in the order of time: `q-0001`. */
function numbered(calls) {
  const counts = new Map();
  return calls.map((made) => {
    if (made.id !== '') return made;
    const count = (counts.get(made.caller) ?? 0) + 1;
    counts.set(made.caller, count);
    return { ...made, id: `${PREFIXES[made.caller]}-${String(count).padStart(4, '0')}` };
  });
}

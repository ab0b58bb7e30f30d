/** Rows of a made-up usage log: 20 units, 200 projects, 5,000 users, 100,000 agents, 10 models. */

import { fixedRandom } from './random.js';
import { MODELS } from './usage-models.js';

export const COLUMNS =
  'timestamp,request_id,model,provider,input_tokens,cached_input_tokens,output_tokens,reasoning_tokens,latency_ms,status,unit,project,user,agent';

const [UNITS, PROJECTS, USERS, AGENTS] = [20, 200, 5000, 100_000];
const STATUSES = ['200', '200', '200', '200', '200', '200', '200', '429', '499', '500'];
/** Records are written when the call ends, so they are out of order by some seconds; ms. */
const JITTER = 20_000;

const named = (prefix, digits, count) =>
  Array.from({ length: count }, (_, i) => `${prefix}-${String(i).padStart(digits, '0')}`);
const units = named('business', 2, UNITS);
const projects = named('project', 3, PROJECTS);
const users = named('user', 4, USERS);
const agents = named('agent-worker', 5, AGENTS);
const hex = Array.from({ length: 1 << 16 }, (_, i) => i.toString(16).padStart(4, '0'));

/**
 * A function that gives the next row, with its line break. A user works on one project, a project is of one unit; half
 * of the calls are of a few busy agents. An agent works with one model and now and then with another.
 */
export function rowsOf(rows, { from, to }) {
  const random = fixedRandom();
  const { below, pick, zipf } = random;
  const step = (to - from - JITTER) / rows;
  let row = 0;
  return () => {
    const time = new Date(Math.floor(from + row++ * step) + below(JITTER)).toISOString();
    const input = 200 + zipf(120_000);
    const output = 1 + zipf(8000);
    const cached = below(2) === 0 ? 0 : below(input);
    const reasoning = below(4) === 0 ? below(output) : 0;
    const user = below(USERS);
    const project = user % PROJECTS;
    const agent = below(2) === 0 ? zipf(AGENTS) : below(AGENTS);
    const { model, provider } = MODELS[(agent + (below(20) === 0 ? 1 : 0)) % MODELS.length];
    return `${time},${requestId(random)},${model},${provider},${input},${cached},${output},${reasoning},${50 + zipf(60_000)},${pick(STATUSES)},${units[project % UNITS]},${projects[project]},${users[user]},${agents[agent]}\n`;
  };
}

/** Shaped as a UUID of version 4. The generator has 2^32 - 1 states and each is met once, so no id comes twice. */
function requestId({ below }) {
  const [a, b, c, d] = [below(2 ** 32), below(2 ** 32), below(2 ** 32), below(2 ** 32)];
  const [high, low] = [(n) => hex[n >>> 16], (n) => hex[n & 65535]];
  return `${high(a)}${low(a)}-${high(b)}-4${low(b).slice(1)}-8${high(c).slice(1)}-${low(c)}${high(d)}${low(d)}`;
}

import { fixedRandom } from './random.js';

const HOUR = 3_600_000;
const SERVICES = ['gateway', 'scheduler', 'billing-worker', 'index-builder', 'session-store', 'mail-queue'];
const MODELS = ['qwen3-max', 'qwen3-vl-plus', 'gpt-4o-mini', 'text-embedding-v4'];
const EVENTS = [
  'connection reset by peer',
  'request completed',
  'cache miss',
  'retrying after timeout',
  'lease renewed',
];

const hex = ({ below }, digits) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
const address = ({ below }) => `10.${below(16)}.${below(256)}.${below(256)}`;
const instant = ({ below }) => new Date(below(1_000_000) * HOUR + below(HOUR)).toISOString();

function logLine(random) {
  const { pick, below } = random;
  const level = pick(['INFO', 'INFO', 'INFO', 'WARN', 'ERROR']);
  return `${instant(random)} ${level} [${pick(SERVICES)}-${below(40)}] ${pick(EVENTS)} peer=${address(random)}:${1024 + below(64_000)} duration_ms=${below(9000)} trace=${hex(random, 16)}`;
}

function jsonRecord(random) {
  const { pick, below, zipf } = random;
  const usage = { input_tokens: zipf(100_000), cached_tokens: zipf(1000), output_tokens: zipf(4000) };
  const record = {
    id: `req-${hex(random, 12)}`,
    timestamp: instant(random),
    model: pick(MODELS),
    status: pick([200, 200, 200, 429, 500]),
    usage,
    cost: (below(100_000) / 1e6).toFixed(6),
    tags: { service: pick(SERVICES), host: address(random) },
  };
  return below(2) === 0 ? JSON.stringify(record) : JSON.stringify(record, null, 2);
}

/** Blocks of a system log and of JSON records, compact and indented, in turn. */
export function generateData(bytes) {
  const random = fixedRandom();
  const blocks = [];
  for (let size = 0, i = 0; size < bytes; i++) {
    const block = Array.from({ length: 50 }, () => (i % 2 === 0 ? logLine : jsonRecord)(random)).join('\n');
    blocks.push(block);
    size += block.length + 1;
  }
  return blocks.join('\n');
}

/** Logs of one office of calls, as an application, a gateway and a provider recorded them, with known causes of difference. */

import type { Cause } from '../../../src/hub/reconcile/causes.js';

/** The causes that can be planted, by request; tokenizer skew where the application's tokenizer is declared. */
const PLANTED = [
  'stream_abort',
  'retry',
  'missing_in_app',
  'missing_in_gateway',
  'gateway_cache_hit',
  'duplicate_in_app',
  'duplicate_in_gateway',
  'cached_ignored_by_app',
  'estimated_tokens',
] as const satisfies readonly Cause[];

export interface Planted {
  readonly app: string;
  readonly gateway: string;
  /** Hourly, in 1K tokens with three decimals, UTC+8. */
  readonly bill: string;
  readonly causes: ReadonlyMap<string, Cause>;
  /** What the provider served, which the bill is of. */
  readonly served: { readonly input: number; readonly output: number };
}

interface Call {
  readonly id: string;
  readonly at: number;
  readonly unit: string;
  readonly model: string;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** The same log for the same seed. `hasTokenizer`: the application counts with one of its own, so estimates are skew. */
export function plant(seed: number, { hasTokenizer }: { readonly hasTokenizer: boolean }): Planted {
  const random = generator(seed);
  const count = 40 + random(161);
  const start = Date.UTC(2026, 9, 1, 15, 50) - random(300) * 1000; // 23:50 UTC+8, so that midnight there lies inside
  const [app, gateway, served]: [string[], string[], Call[]] = [[], [], []];
  const causes = new Map<string, Cause>();
  for (let i = 0; i < count; i++) {
    const call = callOf(i, start, random);
    const isEdge = i < 4 || i >= count - 4; // so that both logs begin and end in the same hours
    const cause = isEdge || random(4) > 0 ? null : PLANTED[random(PLANTED.length)]!;
    if (cause !== null) causes.set(call.id, cause === 'estimated_tokens' && hasTokenizer ? 'tokenizer_skew' : cause);
    served.push(...record(call, cause, { app, gateway }, random));
  }
  return {
    app: [APP_HEADER, ...app, ''].join('\n'),
    gateway: [GATEWAY_HEADER, ...gateway, ''].join('\n'),
    bill: billOf(served),
    causes,
    served: { input: sum(served, ({ input }) => input), output: sum(served, ({ output }) => output) },
  };
}

const UNITS = ['chat', 'agents', 'media', 'search'];
const MODELS = ['qwen3-max', 'qwen3.7-plus', 'qwen-flash'];

function callOf(i: number, start: number, random: Random): Call {
  const input = 200 + random(40_000);
  const cached = random(3) === 0 ? Math.floor((input * (1 + random(9))) / 10 / 128) * 128 : 0;
  return {
    ...{ id: `req-${String(i).padStart(3, '0')}`, at: start + i * 10_000 },
    ...{ unit: UNITS[random(UNITS.length)]!, model: MODELS[random(MODELS.length)]! },
    ...{ input, cached, output: 20 + random(900) },
  };
}

/** Writes the call into the logs as the cause has it, and tells what the provider served. */
function record(
  call: Call,
  cause: (typeof PLANTED)[number] | null,
  { app, gateway }: { readonly app: string[]; readonly gateway: string[] },
  random: Random,
): readonly Call[] {
  const seen = (as: Partial<Call> = {}, status = 'ok') => app.push(appRow({ ...call, ...as }, status));
  const passed = (as: Partial<Call> = {}, status = 'ok', attempt = 1) =>
    gateway.push(gatewayRow({ ...call, ...as }, status, attempt));
  const nothing = { input: 0, cached: 0, output: 0 };
  switch (cause) {
    case 'stream_abort':
      seen({ output: 0 }, 'aborted');
      passed(nothing, 'client_disconnect');
      return [call];
    case 'retry':
      seen();
      passed({}, 'ok', 1);
      passed({}, 'ok', 2);
      return [call, call];
    case 'missing_in_app':
      passed();
      return [call];
    case 'missing_in_gateway':
      seen();
      return [call];
    case 'gateway_cache_hit':
      seen();
      passed({}, 'cache_hit');
      return [];
    case 'duplicate_in_app':
      seen();
      seen();
      passed();
      return [call];
    case 'duplicate_in_gateway':
      seen();
      passed();
      passed();
      return [call];
    case 'cached_ignored_by_app': {
      const cached = 128 + Math.floor(call.input / 4 / 128) * 128;
      const real = { ...call, input: call.input + 128, cached };
      seen({ input: real.input, cached: 0 });
      passed(real);
      return [real];
    }
    case 'estimated_tokens':
      seen({ input: Math.round((call.input * (105 + random(30))) / 100), cached: call.cached });
      passed();
      return [call];
    default:
      seen();
      passed();
      return [call];
  }
}

const APP_HEADER = 'request_id,ts,unit,model,input,cached,output,status';
const GATEWAY_HEADER = 'request_id,ts,unit,model,attempt,input,cached,output,status';

const time = ({ at }: Call): string => new Date(at).toISOString().replace('.000', '');
const appRow = (call: Call, status: string): string =>
  [call.id, time(call), call.unit, call.model, call.input, call.cached, call.output, status].join();
const gatewayRow = (call: Call, status: string, attempt: number): string =>
  [call.id, time(call), call.unit, call.model, attempt, call.input, call.cached, call.output, status].join();

function billOf(served: readonly Call[]): string {
  const lines = new Map<string, number>();
  for (const call of served) {
    const local = new Date(call.at + 8 * 3_600_000).toISOString();
    const of = `${local.slice(0, 10)},${local.slice(11, 13)}:00,k-${call.unit};llm-${call.unit};${call.model}`;
    const add = (type: string, count: number) => {
      if (count > 0) lines.set(`${of};${type};api`, (lines.get(`${of};${type};api`) ?? 0) + count);
    };
    add('input_token', call.input - call.cached);
    add('cached_token', call.cached);
    add('output_token', call.output);
  }
  const rows = [...lines].sort().map(([of, count]) => `${of},${count / 1000},1K tokens`);
  return ['Billing Date (UTC+8),Hour,Instance ID,Usage,Usage Unit', ...rows, ''].join('\n');
}

const sum = (calls: readonly Call[], of: (call: Call) => number): number =>
  calls.reduce((total, call) => total + of(call), 0);

/** A whole number below `below`. */
type Random = (below: number) => number;

/** mulberry32: small, and the same on every machine. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

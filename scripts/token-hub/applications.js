/** What the three applying units write of their calls: a table of Qianwen's, spans and grains of Wukong, answers of AI Innovation. */

import { ACCOUNT, CALLERS } from './organisation.js';
import { csv, grouped, jsonLines, sumOf } from './text.js';
import { DAYS, instant, isWeekday, localDay, localText, utcText } from './time.js';

/** tokenhub's own columns. */
export const qianwenLog = (calls) =>
  csv(
    [
      ...['timestamp', 'request_id', 'model', 'provider', 'account', 'workspace', 'input_tokens'],
      ...['cached_input_tokens', 'output_tokens', 'reasoning_tokens', 'latency_ms', 'status'],
    ],
    calls.map((call) => ({
      ...{ timestamp: localText(call.at), request_id: call.id, model: call.model, provider: 'alibaba' },
      ...{ account: ACCOUNT, workspace: CALLERS[call.caller].workspace, input_tokens: call.input },
      ...{ cached_input_tokens: call.cached, output_tokens: call.output, reasoning_tokens: call.reasoning },
      ...{ latency_ms: call.latencyMs, status: call.status },
    })),
  );

/** Answers of DashScope: chats, some with pictures in their input, and media. */
export const innovationLog = (calls, media) =>
  jsonLines(
    [...calls.map((call) => [call, chatUsage(call)]), ...media.map((one) => [one, one.usage])]
      .sort(([a], [b]) => a.at - b.at)
      .map(([one, usage]) => ({
        ...{ timestamp: utcText(one.at), account: ACCOUNT, workspace: CALLERS.innovation.workspace },
        ...{ request_id: one.id, model: one.model, output: { finish_reason: 'stop' }, usage },
      })),
  );

function chatUsage({ input, output, cached, reasoning, imageTokens }) {
  return {
    ...{ input_tokens: input, output_tokens: output, total_tokens: input + output },
    ...(cached === 0 ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
    ...(reasoning === null ? {} : { output_tokens_details: { reasoning_tokens: reasoning } }),
    ...(imageTokens === null
      ? {}
      : {
          image_tokens: imageTokens,
          input_tokens_details: { text_tokens: input - imageTokens, image_tokens: imageTokens },
        }),
  };
}

/** Spans in OTLP JSON, one trace a line: the agent above, its calls and its tools beneath. The agent repeats what its calls used. */
export const wukongSpans = (calls) =>
  jsonLines([...grouped(calls, ({ trace }) => trace).values()].map((run) => ({ resourceSpans: [traceOf(run)] })));

const traceOf = (run) => ({
  resource: { attributes: attributes({ 'service.name': 'wukong-agent' }) },
  scopeSpans: [{ spans: [agentSpan(run), ...run.map((call) => chatSpan(call, run)), ...toolSpans(run)] }],
});

const spanOf = ({ id }) => id.split(':')[1];
/** The id of the span above a run is that of its first call, turned round. */
const rootOf = ([first]) => [...spanOf(first)].reverse().join('');

const agentSpan = (run) => ({
  ...identity(run[0].trace, rootOf(run), '', `invoke_agent ${run[0].agent}`),
  ...times(run[0].at, run.at(-1).at + run.at(-1).latencyMs),
  attributes: attributes({
    ...{ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.id': run[0].agent },
    ...{ 'gen_ai.conversation.id': run[0].session, 'gen_ai.user.id': run[0].user },
    'gen_ai.usage.input_tokens': sumOf(run, ({ input }) => input),
    'gen_ai.usage.output_tokens': sumOf(run, ({ output }) => output),
  }),
});

const chatSpan = (call, run) => ({
  ...identity(call.trace, spanOf(call), rootOf(run), `chat ${call.model}`),
  ...times(call.at, call.at + call.latencyMs),
  attributes: attributes({
    ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'dashscope', 'gen_ai.request.model': call.model },
    ...{ 'gen_ai.usage.input_tokens': call.input, 'gen_ai.usage.output_tokens': call.output },
    'gen_ai.usage.cache_read.input_tokens': call.cached,
    ...(call.reasoning === null ? {} : { 'gen_ai.usage.reasoning.output_tokens': call.reasoning }),
    ...(call.status === 'aborted' ? { 'error.type': 'aborted' } : {}),
  }),
});

/** A tool after every call but the last, with no usage of its own. */
const toolSpans = (run) =>
  run.slice(0, -1).map((call) => ({
    ...identity(call.trace, spanOf(call).replace(/^.|.$/g, 'f'), rootOf(run), 'execute_tool crm.search'),
    ...times(call.at + call.latencyMs, call.at + call.latencyMs + 250),
    attributes: attributes({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'crm.search' }),
  }));

const identity = (traceId, spanId, parentSpanId, name) => ({ traceId, spanId, parentSpanId, name });
const times = (from, to) => ({ startTimeUnixNano: `${from}000000`, endTimeUnixNano: `${to}000000` });
/** Whole numbers are texts in OTLP JSON. */
const attributes = (values) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));

/** Grains by person and day, of weekdays alone. */
export function grainsOf(random) {
  const people = ['wukong-hr', 'wukong-sales'].flatMap((caller) =>
    CALLERS[caller].users.map((user) => ({ caller, user })),
  );
  return DAYS.filter(isWeekday).flatMap((day) =>
    people
      .filter(() => random.chance(40))
      .map(({ caller, user }) => ({
        ...{ day: localDay(instant(day, 0)), caller, user, isPremium: caller === 'wukong-hr' },
        grains: random.whole(4, 160),
      })),
  );
}

export function grainsTable(rows) {
  let balance = 20_000;
  const departments = { 'wukong-hr': 'HR', 'wukong-sales': 'Sales' };
  return csv(
    [
      'date',
      'organization',
      'user_id',
      'user_name',
      'department',
      'seat_type',
      'model',
      'feature',
      'grains',
      'balance_after',
    ],
    rows.map(({ day, caller, user, isPremium, grains }) => {
      balance -= grains;
      return {
        ...{ date: day, organization: 'token-hub', user_id: user, user_name: user, department: departments[caller] },
        ...{ seat_type: isPremium ? 'premium' : 'ordinary', model: isPremium ? 'flagship' : 'standard' },
        ...{ feature: isPremium ? 'agent_task' : 'chat', grains, balance_after: balance },
      };
    }),
  );
}

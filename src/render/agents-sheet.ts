/** What agents did as a sheet. */

import type { AgentRow } from '../hub/flow/agents.js';
import type { StageFigures } from '../hub/flow/stage-figures.js';
import type { AgentsBody } from './agents-body.js';
import { counted, usageText } from './counted.js';
import { queryNotes } from './flow-notes.js';
import { periodText } from './period-text.js';
import { picoOf } from './pico-of.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';

export function agentsSheet(body: AgentsBody): Sheet {
  const currencies = Object.keys(body.totals?.cost ?? {});
  return {
    title: `What agents did, ${periodText(body.query)} (${body.query.tz})`,
    columns: [...COLUMNS, ...currencies.map((code) => column(`cost_${code}`, `cost ${code}`, 'money')), ...CLASSES],
    rows: body.rows.map((row) => [...ownCells(row), ...figureCells(row, currencies)]),
    totals: body.totals === null ? null : ['total', null, '', null, null, ...figureCells(body.totals, currencies)],
    above: [...queryNotes(body.query), counted(body.agents, 'agent')],
    below: [...unpricedNotes(body.totals), ...body.warnings],
  };
}

const COLUMNS: readonly Column[] = [
  column('agent', 'agent', 'text'),
  column('runs', 'runs', 'count'),
  column('runs_of', 'runs are', 'text'),
  column('tool_calls', 'tool calls', 'count'),
  column('tokens_per_run', 'tokens per run', 'count'),
  column('requests', 'requests', 'count', 'wide'),
  column('tokens', 'tokens', 'count'),
];

const CLASSES: readonly Column[] = [
  column('input_tokens', 'input', 'count', 'wide'),
  column('cached_input_tokens', 'cached input', 'count', 'wide'),
  column('cache_write_tokens', 'cache write', 'count', 'wide'),
  column('output_tokens', 'output', 'count', 'wide'),
  column('reasoning_tokens', 'reasoning', 'count', 'wide'),
];

const ownCells = ({ agent, others, runs, runsOf, toolCalls, tokensPerRun }: AgentRow): SheetCell[] => [
  agent ?? (others === undefined ? '(none)' : `(others, ${others})`),
  runs,
  runsOf ?? 'not recorded',
  toolCalls,
  tokensPerRun,
];

function figureCells({ requests, tokens, cost }: StageFigures, currencies: readonly string[]): SheetCell[] {
  const { input, cacheRead, cacheWrite, output, reasoning, total } = tokens;
  const money = currencies.map((currency) => picoOf(cost, currency));
  return [requests, total, ...money, input, cacheRead, cacheWrite, output, reasoning];
}

const unpricedNotes = (totals: StageFigures | null): string[] =>
  totals === null || totals.unpriced.events === 0n ? [] : [`unpriced: ${usageText(totals.unpriced)}, not in the cost`];

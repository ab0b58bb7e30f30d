/** What agents did: runs, tool calls, and the tokens and cost of them. */

import { groupBy } from '../../group-by.js';
import { divideHalfEven } from '../../pricing/decimal.js';
import { type StageFigures, type SummedCell, stageFigures } from './stage-figures.js';

/** Totals of one agent, or of several whose cells are not told apart. */
export interface AgentCell extends SummedCell {
  /** `null`: the usage names none. */
  readonly agent: string | null;
  /** Runs and tool calls that the source told; 0: none. */
  readonly runs: bigint;
  readonly toolCalls: bigint;
}

interface AgentFigures extends StageFigures {
  /** `null`: not recorded. */
  readonly runs: bigint | null;
  /** What the runs are: those that spans tell of, else distinct sessions; `null`: neither is recorded. */
  readonly runsOf: 'spans' | 'sessions' | null;
  /** `null`: not recorded. */
  readonly toolCalls: bigint | null;
  /** Rounded half-even; `null`: there are no runs, or they may not be all. */
  readonly tokensPerRun: bigint | null;
}

export interface AgentRow extends AgentFigures {
  /** `null`: usage without an agent, or other agents. */
  readonly agent: string | null;
  /** Number of agents folded into this row; absent: it is of one. */
  readonly others?: bigint;
}

export interface AgentsFold {
  /** Most tokens first, then the other agents as one, then usage that names no agent. */
  readonly rows: readonly AgentRow[];
  /** `null`: nothing is recorded. Its runs are of several kinds, so they are not divided by. */
  readonly totals: StageFigures | null;
  readonly agents: bigint;
}

interface AgentFacts {
  /** Of the agents told apart, and of usage without one. */
  readonly cells: readonly AgentCell[];
  readonly ranked: readonly { readonly name: string; readonly sessions: bigint }[];
  /** Of the other agents, together. */
  readonly otherCells: readonly AgentCell[];
  readonly others: bigint;
}

export function foldAgents({ cells, ranked, otherCells, others }: AgentFacts): AgentsFold {
  const ofAgent = groupBy(cells, ({ agent }) => agent);
  const rows: AgentRow[] = ranked.flatMap(({ name, sessions }) => rowOf(name, ofAgent.get(name) ?? [], sessions));
  const rest = rowOf(null, otherCells, 0n).map((row) => ({ ...row, others, tokensPerRun: null }));
  return {
    rows: [...rows, ...rest, ...rowOf(null, ofAgent.get(null) ?? [], 0n)],
    totals: stageFigures([...cells, ...otherCells]),
    agents: BigInt(ranked.length) + others,
  };
}

function rowOf(agent: string | null, cells: readonly AgentCell[], sessions: bigint): AgentRow[] {
  const figures = stageFigures(cells);
  if (figures === null) return [];
  const [spans, toolCalls] = [sum(cells, 'runs'), sum(cells, 'toolCalls')];
  const runs = spans > 0n ? spans : sessions > 0n ? sessions : null;
  const { total } = figures.tokens;
  return [
    {
      agent,
      ...{ runs, runsOf: spans > 0n ? 'spans' : sessions > 0n ? 'sessions' : null },
      toolCalls: spans > 0n || toolCalls > 0n ? toolCalls : null,
      tokensPerRun: runs === null || total === null ? null : divideHalfEven(total, runs),
      ...figures,
    },
  ];
}

const sum = (cells: readonly AgentCell[], of: 'runs' | 'toolCalls'): bigint =>
  cells.reduce((total, cell) => total + (cell.reads.tokens ? cell[of] : 0n), 0n);

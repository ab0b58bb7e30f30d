import type { AgentsFold } from '../hub/flow/agents.js';
import type { RecordingUse } from '../report/recording-use.js';
import type { FlowQueryEcho } from './flow-body.js';

/** The body of `flow --agents --format json`. */
export interface AgentsBody extends AgentsFold {
  readonly query: FlowQueryEcho & {
    readonly agents: true;
    readonly top: number;
    /** Those of applications, read or not. */
    readonly recordings: readonly RecordingUse[];
  };
  readonly warnings: readonly string[];
}

/** What each code of a verdict means to somebody who meets it: one entry for every code. */

import { type Code, FINDINGS, type Finding } from './codes.js';
import type { Explanation } from './explanation.js';
import { FILE_EXPLANATIONS } from './files/file-explanations.js';
import { LEDGER_EXPLANATIONS } from './ledger/ledger-explanations.js';

export const EXPLANATIONS: Readonly<Record<Code, Explanation>> = { ...FILE_EXPLANATIONS, ...LEDGER_EXPLANATIONS };

export type ExplainedFinding = Finding & Explanation;

/** All of them, by code. */
export const EXPLAINED: readonly ExplainedFinding[] = FINDINGS.map((finding) => ({
  ...finding,
  ...EXPLANATIONS[finding.code],
}));

import { EXPLAINED, type ExplainedFinding } from '../../budget/explanations.js';
import { unknownCode } from '../../errors/budgets.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { nearest } from '../../nearest.js';
import { explainSheet } from '../../render/explain-sheet.js';
import { explainMarkdown, explainText } from '../../render/explain-text.js';
import type { Output } from '../../render/formats.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { envelope } from './envelope.js';

/** Lists the codes of verdicts, or explains the named one. */
export async function explainFlow(io: Io, code: string | undefined, options: OutputOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const findings = code === undefined ? EXPLAINED : [findingOf(code)];
  await present(io, options, {
    body: () => envelope('explain', { findings }),
    rows: () => findings,
    sheet: () => explainSheet(findings),
    ...(code === undefined ? {} : { texts: textsOf(findings[0]!, io) }),
  });
  return ExitCode.ok;
}

const textsOf = (finding: ExplainedFinding, { columns }: Io): Output['texts'] => ({
  table: () => explainText(finding, { columns }),
  markdown: () => explainMarkdown(finding),
});

/** Letter case aside. */
function findingOf(text: string): ExplainedFinding {
  const wanted = text.trim().toUpperCase();
  const finding = EXPLAINED.find(({ code }) => code === wanted);
  if (finding !== undefined) return finding;
  const codes = EXPLAINED.map(({ code }) => code);
  throw unknownCode(text, nearest(wanted, codes));
}

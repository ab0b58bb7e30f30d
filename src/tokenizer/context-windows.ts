/** How much a model reads and writes at once. The figures are in `context-window-table.ts`; nothing is guessed. */

import { type ContextWindows, contextWindows } from './context-window-table.js';
import { normalName, snapshotName } from './model-names.js';

export interface ContextWindow {
  /** Input and output together. */
  readonly tokens: number;
  /** Largest output; `null`: no limit of its own is known. */
  readonly maxOutput: number | null;
  /** Where the figures stand. */
  readonly source: string;
}

/** Hosts of other makers' models, which set windows of their own: what the maker serves says nothing about them. */
const OTHER_HOSTS = /^(?:ollama|groq|together|together_ai|fireworks|fireworks_ai|novita|cerebras|openrouter|bedrock)\//;

/**
 * The context window of a model as its maker serves it, or `null` where it is not known.
 *
 * The name must be a listed one, whole, after the route in front of it is cut; a snapshot of it is covered where the
 * table says that all snapshots are alike. A model behind another host than its maker (`groq/llama-3.3-70b`) is not known.
 *
 * @param region  Alibaba's, whose regions serve some models with windows of their own
 * @example contextWindowOf('gpt-4o-2024-08-06', 'intl')?.tokens // 128_000
 */
export function contextWindowOf(model: string, region: 'cn' | 'intl'): ContextWindow | null {
  if (OTHER_HOSTS.test(model.trim().toLowerCase())) return null;
  const whole = windowNamed(snapshotName(model), region);
  const alike = whole ?? windowNamed(normalName(model), region);
  if (alike === undefined || (whole === undefined && alike.snapshots === 'listed')) return null;
  const { tokens, maxOutput, source } = alike;
  return { tokens, maxOutput, source };
}

/** The part of a window that tokens take, as decimal text with at most 6 decimals; above 1 they do not fit. */
export const windowShare = (tokens: number, window: ContextWindow): string =>
  String(Number((tokens / window.tokens).toFixed(6)));

/** `claude-sonnet-4.5` and `claude-sonnet-4-5` are one name. */
const keyOf = (name: string, region: string): string => `${region} ${name.replaceAll('.', '-')}`;

const byName: ReadonlyMap<string, ContextWindows> = new Map(
  contextWindows.flatMap((windows) =>
    windows.names.flatMap((name) =>
      (windows.region === null ? ['cn', 'intl'] : [windows.region]).map((region) => [keyOf(name, region), windows]),
    ),
  ),
);

const windowNamed = (name: string, region: string): ContextWindows | undefined => byName.get(keyOf(name, region));

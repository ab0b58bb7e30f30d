/** Links between nodes as a sankey diagram of Mermaid. */

import { visible } from './visible.js';

export interface Link {
  readonly from: string;
  readonly to: string;
  /** From 1. */
  readonly amount: bigint;
}

/**
 * Mermaid's `sankey-beta`, ending in a newline. It needs one link at least, so without any a node says so.
 *
 * Names are quoted as in CSV. Its grammar knows no characters but ASCII, and what looks like a directive, an entity or an
 * element is acted on before quotes are read (Mermaid 11.12), so such characters are written as escapes.
 */
export function sankeyText(links: readonly Link[]): string {
  const lines = links.map(({ from, to, amount }) => `${nodeName(from)},${nodeName(to)},${amount}`);
  return `sankey-beta\n\n${(lines.length === 0 ? [`${nodeName('nothing')},${nodeName('recorded')},0`] : lines).join('\n')}\n`;
}

/** @example nodeName('say "hi"') // '"say ""hi"""' */
function nodeName(name: string): string {
  const ascii = visible(name)
    .replace(/[^\x20-\x7e]|[%#<>;{}]/g, escaped)
    .trim();
  return `"${ascii === '' ? '(no name)' : ascii.replaceAll('"', '""')}"`;
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The output formats: name to function. Adding one is one line here. */

import { unknownFormat } from '../errors/command-line.js';
import { renderCsv } from './csv.js';
import { renderJson } from './json.js';
import { renderMarkdown } from './markdown.js';
import { renderNdjson } from './ndjson.js';
import type { Page } from './page.js';
import type { Sheet } from './sheet.js';

/** What a command has to say, in the three forms that formats are made from. Only the one needed is called for. */
export interface Output {
  /** The whole JSON object. */
  readonly body: () => unknown;
  /** Its rows, for formats of one record per line. */
  readonly rows: () => readonly unknown[];
  /** `page`: the terminal it is printed on; `null`: a file, a pipe, or a format of no width. */
  readonly sheet: (page: Page | null) => Sheet;
  /** What it looks like as a diagram of Mermaid; absent: it is none. */
  readonly diagram?: () => string;
  /** How the command itself writes a format, where that is no table of its rows. */
  readonly texts?: Readonly<Partial<Record<Format, () => string>>>;
  /** What people read in its place, where that is several tables; absent: the sheet. */
  readonly sheets?: () => readonly Sheet[];
}

type Render = (output: Output, page: Page) => string | Promise<string>;

const FORMATS = {
  /** Loaded when needed: tables cost start-up time that JSON does not need. */
  table: async ({ sheet, sheets }, page) => {
    const { renderTable } = await import('./table.js');
    const told = sheets?.() ?? [sheet(page.columns === null ? null : page)];
    return (await Promise.all(told.map((each) => renderTable(each, page)))).join('\n');
  },
  json: ({ body }) => renderJson(body()),
  ndjson: ({ rows }) => renderNdjson(rows()),
  csv: ({ sheet }) => renderCsv(sheet(null)),
  markdown: ({ sheet, sheets, diagram }) => {
    const tables = (sheets?.() ?? [sheet(null)]).map(renderMarkdown);
    return [...tables, ...(diagram === undefined ? [] : [fenced(diagram())])].join('\n');
  },
  mermaid: ({ diagram = noDiagram }) => diagram(),
  github: ofCommand,
  sarif: ofCommand,
  junit: ofCommand,
  gitlab: ofCommand,
} as const satisfies Record<string, Render>;

export type Format = keyof typeof FORMATS;

/** Those of every command. */
export const FORMAT_NAMES = ['table', 'json', 'ndjson', 'csv', 'markdown'] as const satisfies readonly Format[];

/** Those of commands that have a diagram. */
export const DIAGRAM_FORMATS: readonly Format[] = [...FORMAT_NAMES, 'mermaid'];

/** Those of `check`. */
export const GATE_FORMATS: readonly Format[] = [...FORMAT_NAMES, 'github', 'sarif', 'junit', 'gitlab'];

/** Throws UNKNOWN_FORMAT. */
export function formatNamed(name: string, known: readonly Format[] = FORMAT_NAMES): Format {
  const format = known.find((each) => each === name);
  if (format === undefined) throw unknownFormat(name, known);
  return format;
}

const fenced = (diagram: string): string => `\`\`\`mermaid\n${diagram}\`\`\`\n`;

const noDiagram = (): never => {
  throw new TypeError('a command without a diagram has no such format');
};

/** Of formats that each command which has them writes itself. */
function ofCommand(): never {
  throw new TypeError('the command does not write this format');
}

/** The output as text, ending in a newline unless it is empty. */
export const render = async (output: Output, format: Format, page: Page): Promise<string> =>
  output.texts?.[format]?.() ?? (FORMATS[format] as Render)(output, page);

/** What the program sees of the world it runs in; tests give it another one. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Data. Text is written as it is, and so are bytes. */
  readonly out: (data: string | Uint8Array) => void;
  /** Everything that is not data: warnings, errors, progress. */
  readonly err: (text: string) => void;
  /** Replaces the progress line on standard error, `''` clears it; `null`: standard error is no terminal. */
  readonly progress: ((line: string) => void) | null;
  /**
   * Has Ctrl-C, and a request to end, call this once instead of ending the process; a second one ends it. Returns what
   * takes it back.
   */
  readonly onInterrupt: (stop: () => void) => () => void;
  /** Width of the terminal standard output goes to, in columns; `null`: not a terminal. */
  readonly columns: number | null;
  /** 0: no colour, 1: 16 colours, 2: 256, 3: 16 million; for standard output. */
  readonly colorDepth: 0 | 1 | 2 | 3;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

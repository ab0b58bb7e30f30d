/** What the output is printed on. */
export interface Page {
  /** Width in columns; `null`: not a terminal, as wide as needed. */
  readonly columns: number | null;
  /** 0: no colour, 1: 16 colours, 2: 256, 3: 16 million. */
  readonly color: 0 | 1 | 2 | 3;
}

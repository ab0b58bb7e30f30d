/** Where a program runs: what the search for data packages and for the cache starts from. */
export interface Surroundings {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Those of this process. */
export const processSurroundings = (): Surroundings => ({ cwd: process.cwd(), env: process.env });

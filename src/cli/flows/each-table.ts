import type { Candidate } from './planned-file.js';

/** What is made of a file, and of which tables of it more can be made. */
export interface Made {
  readonly otherTables: readonly string[];
  readonly dispose: () => Promise<void>;
}

/** @param sibling  what was made of the first table of the same file; `null`: this is the first */
export type Make<T extends Made> = (candidate: Candidate, sibling: T | null) => Promise<T>;

/** Makes something of a file: of each table of a database that can be read, in their order, else once. */
export async function eachTable<T extends Made>(candidate: Candidate, make: Make<T>): Promise<readonly T[]> {
  const first = await make(candidate, null);
  const made = [first];
  try {
    for (const table of first.otherTables) made.push(await make({ ...candidate, table }, first));
    return made;
  } catch (error) {
    for (const { dispose } of made) await dispose();
    throw error;
  }
}

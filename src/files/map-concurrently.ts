/**
 * Works on several items at a time; results come in the order of the items. The first failure stops the rest.
 *
 * @param width  items worked on at once, >= 1
 * @param work   its `stop` is aborted when another item failed
 * @throws what the first failing `work` throws
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, stop: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const failed = new AbortController();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && !failed.signal.aborted) {
      const i = next++;
      results[i] = await work(items[i]!, failed.signal);
    }
  };
  try {
    await Promise.all(Array.from({ length: width }, lane));
  } catch (error) {
    failed.abort();
    throw error;
  }
  return results;
}

/**
 * Runs a task for every item, at most `limit` of them at a time. Rejects with the first failure, after all have ended.
 */
export const inFlight = async <Item>(
  items: readonly Item[],
  limit: number,
  task: (item: Item) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await task(item);
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane));
  const failed = lanes.find((ended) => ended.status === "rejected");
  if (failed) throw failed.reason;
};

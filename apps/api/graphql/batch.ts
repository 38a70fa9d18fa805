import DataLoader from "dataloader";

/**
 * Collects the keys that are asked for within one turn of the event loop and loads them together; a key asked for
 * twice is loaded once. For one request: nothing that was loaded is ever forgotten.
 */
export const batch = <Key extends string, Value>(
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): ((key: Key) => Promise<Value | undefined>) => {
  const loader = new DataLoader<Key, Value | undefined>(
    async (keys) => {
      const values = await load(keys);
      return keys.map((key) => values.get(key));
    },
    // By default keys are collected within one tick, which ends before the resolvers of a list have all begun.
    { batchScheduleFn: (callback) => setImmediate(callback) },
  );
  return (key) => loader.load(key);
};

/**
 * Collects the keys that are asked for within one turn of the event loop and loads them together; a key asked for
 * twice is loaded once. For one request: nothing is ever forgotten.
 */
export const batch = <Key extends string, Value>(
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): ((key: Key) => Promise<Value | undefined>) => {
  const asked = new Map<Key, Promise<Value | undefined>>();
  let next: { readonly keys: Key[]; readonly loaded: Promise<ReadonlyMap<Key, Value>> } | undefined;
  const collect = () => {
    const keys: Key[] = [];
    const loaded = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      next = undefined;
      return load(keys);
    });
    return { keys, loaded };
  };
  return (key) => {
    const known = asked.get(key);
    if (known) return known;
    next ??= collect();
    next.keys.push(key);
    const value = next.loaded.then((values) => values.get(key));
    asked.set(key, value);
    return value;
  };
};

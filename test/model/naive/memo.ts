/** What was computed of a thing since the last change of anything; computing it again would give the same. */
let changes = 0;
const found = new WeakMap<object, { changes: number; values: Map<string, unknown> }>();

/** Everything is computed anew from here on. */
export function changed(): void {
  changes += 1;
}

export function memo<T>(of: object, key: string, compute: () => T): T {
  let entry = found.get(of);
  if (entry?.changes !== changes) {
    entry = { changes, values: new Map() };
    found.set(of, entry);
  }
  if (!entry.values.has(key)) entry.values.set(key, compute());
  return entry.values.get(key) as T;
}

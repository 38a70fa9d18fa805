import { type Json } from "../job.js";

/** What a verification remembers: JSON's own kinds, and bigints, maps and sets of them. */
type Remembered = null | boolean | number | string | bigint | object;

/**
 * A value as JSON holds it. Every list says what it is: a list, a bigint, a map or a set; so no text and no name in what
 * an event holds is taken for one.
 */
export const toPlain = (value: Remembered | undefined): Json => {
  if (typeof value === "bigint") return ["bigint", value.toString()];
  if (value === undefined || value === null || typeof value !== "object") return value ?? null;
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<Remembered, Remembered>)];
    return ["map", ...entries.map(([key, held]) => [toPlain(key), toPlain(held)])];
  }
  if (value instanceof Set) return ["set", ...[...(value as ReadonlySet<Remembered>)].map(toPlain)];
  if (Array.isArray(value)) return ["list", ...(value as readonly Remembered[]).map(toPlain)];
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, held]: [string, Remembered | undefined]) =>
      held === undefined ? [] : [[name, toPlain(held)]],
    ),
  );
};

/** The value again. The caller knows what it was. */
export const fromPlain = (plain: Json): unknown => {
  if (plain === null || typeof plain !== "object") return plain;
  if (!isList(plain)) {
    return Object.fromEntries(Object.entries(plain).map(([name, held]) => [name, fromPlain(held)]));
  }
  const [kind, ...held] = plain;
  switch (kind) {
    case "bigint":
      return BigInt(held[0] as string);
    case "map":
      return new Map((held as [Json, Json][]).map(([key, of]) => [fromPlain(key), fromPlain(of)]));
    case "set":
      return new Set(held.map(fromPlain));
    default:
      return held.map(fromPlain);
  }
};

const isList = (plain: Json): plain is readonly Json[] => Array.isArray(plain);

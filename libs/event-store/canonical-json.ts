/**
 * JSON as RFC 8785 has it (JSON Canonicalization Scheme): equal values give equal text, so it can be hashed. Keys are
 * sorted by UTF-16 code unit, there is no white space, numbers and texts are written as ECMAScript does. As in
 * `JSON.stringify`, toJSON is called and `undefined` members are left out; but a value that JSON would silently change
 * or drop throws a `TypeError` with its place: bigint, NaN, infinities, functions, symbols, an absent element.
 * Reading the stored JSON back and writing it again gives the same text. That holds for text with a lone surrogate, too,
 * which the RFC refuses and JSON.stringify writes as an escape: an event that has one can still be verified.
 */
export const canonicalJson = (value: unknown): string => {
  const written = write(value, "");
  if (written === undefined) throw new TypeError("undefined is not a JSON value");
  return written;
};

const write = (input: unknown, path: string): string | undefined => {
  const value = hasToJson(input) ? input.toJSON() : input;
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw unfit(path, String(value));
      return JSON.stringify(value);
    case "undefined":
      return undefined;
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? writeArray(value, path) : writeObject(value as Record<string, unknown>, path);
    default:
      throw unfit(path, `a ${typeof value}`);
  }
};

/** An absent element would shift the others or become null: arrays must have no holes. */
const writeArray = (values: readonly unknown[], path: string): string => {
  const items = Array.from(values, (item, index) => {
    const written = write(item, `${path}[${index}]`);
    if (written === undefined) throw unfit(`${path}[${index}]`, "undefined");
    return written;
  });
  return `[${items.join(",")}]`;
};

const writeObject = (value: Record<string, unknown>, path: string): string => {
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const written = write(value[key], `${path}.${key}`);
    if (written !== undefined) members.push(`${JSON.stringify(key)}:${written}`);
  }
  return `{${members.join(",")}}`;
};

const hasToJson = (value: unknown): value is { toJSON(): unknown } =>
  typeof value === "object" && value !== null && "toJSON" in value && typeof value.toJSON === "function";

const unfit = (path: string, what: string): TypeError =>
  new TypeError(`${what} at ${path === "" ? "the root" : path} is not a JSON value`);

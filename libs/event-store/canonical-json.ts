/**
 * JSON as RFC 8785 has it (JSON Canonicalization Scheme): equal values give equal text, so it can be hashed. Keys are
 * sorted by UTF-16 code unit, there is no white space, numbers and texts are written as ECMAScript does. As in
 * `JSON.stringify`, toJSON is called and `undefined` members are left out; but a value that JSON would silently change
 * or drop throws a `TypeError` with its place: bigint, NaN, infinities, functions, symbols, an absent element.
 * Reading the stored JSON back and writing it again gives the same text. That holds for text with a lone surrogate, too,
 * which the RFC refuses and JSON.stringify writes as an escape: an event that has one can still be verified.
 */
export const canonicalJson = (value: unknown): string => {
  const written = write(value, null);
  if (written === undefined) throw new TypeError("undefined is not a JSON value");
  return written;
};

/** Throws the `TypeError` of {@link canonicalJson} where it would, without writing the text. */
export const assertJson = (value: unknown): void => {
  if (!isWritten(value, null)) throw new TypeError("undefined is not a JSON value");
};

/** Where a value is in the whole: its way is put together only where something is refused. */
interface Place {
  readonly outer: Place | null;
  /** Of the member or element that is being written. */
  key: string | number;
}

/** @returns undefined for undefined */
const write = (input: unknown, place: Place | null): string | undefined => {
  const value = hasToJson(input) ? input.toJSON() : input;
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isFinite(value)) throw unfit(place, String(value));
      return JSON.stringify(value);
    case "undefined":
      return undefined;
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? writeArray(value, place) : writeObject(value as Record<string, unknown>, place);
    default:
      throw unfit(place, `a ${typeof value}`);
  }
};

/** An absent element would shift the others or become null: arrays must have no holes. */
const writeArray = (values: readonly unknown[], outer: Place | null): string => {
  const inner: Place = { outer, key: 0 };
  let text = "";
  for (let index = 0; index < values.length; index += 1) {
    inner.key = index;
    const written = write(values[index], inner);
    if (written === undefined) throw unfit(inner, "undefined");
    text += index === 0 ? written : `,${written}`;
  }
  return `[${text}]`;
};

const writeObject = (value: Record<string, unknown>, outer: Place | null): string => {
  const inner: Place = { outer, key: "" };
  let text = "";
  for (const key of sorted(Object.keys(value))) {
    inner.key = key;
    const written = write(value[key], inner);
    if (written !== undefined) text += `${text === "" ? "" : ","}${quoted(key)}:${written}`;
  }
  return `{${text}}`;
};

/** Most texts are printable ASCII without quotes, which need no escapes: they are written in a third of the time. */
const PLAIN = /^[ !#-[\]-~]*$/;

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/** Many objects have their keys in order already. */
const sorted = (keys: string[]): string[] => {
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] ?? "") > (keys[index] ?? "")) return keys.sort();
  }
  return keys;
};

/** @returns false for undefined */
const isWritten = (input: unknown, place: Place | null): boolean => {
  const value = hasToJson(input) ? input.toJSON() : input;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  if (typeof value !== "object") return write(value, place) !== undefined;
  if (Array.isArray(value)) {
    const inner: Place = { outer: place, key: 0 };
    for (let index = 0; index < value.length; index += 1) {
      inner.key = index;
      if (!isWritten(value[index], inner)) throw unfit(inner, "undefined");
    }
    return true;
  }
  const inner: Place = { outer: place, key: "" };
  for (const key of Object.keys(value)) {
    inner.key = key;
    isWritten((value as Record<string, unknown>)[key], inner);
  }
  return true;
};

const hasToJson = (value: unknown): value is { toJSON(): unknown } =>
  typeof value === "object" && value !== null && "toJSON" in value && typeof value.toJSON === "function";

const unfit = (place: Place | null, what: string): TypeError =>
  new TypeError(`${what} at ${place === null ? "the root" : pathOf(place)} is not a JSON value`);

const pathOf = ({ outer, key }: Place): string =>
  `${outer === null ? "" : pathOf(outer)}${typeof key === "number" ? `[${key}]` : `.${key}`}`;

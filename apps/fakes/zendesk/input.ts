import { type IncomingMessage } from "node:http";

/** Reads JSON bodies: what is absent stays `undefined`, null stays null. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object under a key of a body: `{"ticket": {...}}`. */
export const wrapped = (body: unknown, key: string): Json => {
  const inner = isObject(body) ? body[key] : undefined;
  return isObject(inner) ? inner : {};
};

export const textOf = (value: unknown): string | null | undefined => {
  if (value === undefined || value === null) return value;
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

export const numberOf = (value: unknown): number | null | undefined => {
  if (value === undefined || value === null) return value;
  const number = typeof value === "number" ? value : Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
};

/** One of the given names, null or absent; anything else is absent. */
export const oneOf = <Name extends string>(value: unknown, names: readonly Name[]): Name | null | undefined =>
  value === null ? null : names.find((name) => name === value);

/** The JSON of a body; `undefined` where it is none. */
export const jsonOf = (text: string): unknown => {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

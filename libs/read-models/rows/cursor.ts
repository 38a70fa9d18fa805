import { reject } from "#domain/rejection.js";

/** The sort key and the unique key of a row, as PostgreSQL writes them. */
export interface CursorPlace {
  readonly key: string;
  readonly unique: string;
}

/** Opaque text for a row's place in a list. `order` names the list's sort order, so that it is refused with another. */
export const encodeCursor = ({ key, unique }: CursorPlace, order: string): string =>
  Buffer.from(JSON.stringify([order, key, unique])).toString("base64url");

/** The arguments that cursors are given by. */
export type CursorArgument = "after" | "before";

/** @throws Rejection VALIDATION_FAILED unless it is a cursor of this sort order */
export const decodeCursor = (cursor: string, order: string, field: CursorArgument): CursorPlace => {
  const parts = parse(cursor);
  const [madeFor, key, unique] = parts;
  if (parts.length !== 3 || madeFor === undefined || key === undefined || unique === undefined) {
    throw reject("VALIDATION_FAILED", `${field} is not a cursor.`, { field });
  }
  if (madeFor !== order) {
    throw reject("VALIDATION_FAILED", `${field} is a cursor of a list sorted otherwise: ${order} is asked for.`, {
      field,
    });
  }
  return { key, unique };
};

const parse = (cursor: string): string[] => {
  const bytes = Buffer.from(cursor, "base64url");
  // Buffer leaves out what is not base64url.
  if (bytes.toString("base64url") !== cursor) return [];
  try {
    const parts: unknown = JSON.parse(bytes.toString("utf8"));
    return Array.isArray(parts) && parts.every(isText) ? parts : [];
  } catch {
    return [];
  }
};

/** PostgreSQL cannot take the character U+0000. */
const isText = (part: unknown): part is string => typeof part === "string" && !part.includes("\u0000");

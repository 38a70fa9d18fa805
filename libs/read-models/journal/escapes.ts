/**
 * Texts of events may hold what PostgreSQL's jsonb cannot: the character NUL, and half a surrogate pair. The journal
 * has to give back what was stored, so there such characters are written as `\u0000` and a backslash as two. Nearly no
 * event needs it: only the rows that do are written so, and say it in their column `escaped`.
 */
const UNFIT = /\0|\p{Surrogate}/u;
const ESCAPED = /\\|\0|\p{Surrogate}/gu;
const ESCAPE = /\\(?:\\|u([0-9a-f]{4}))/g;

/** Whether JSON text, as `JSON.stringify` writes it, may hold a text that needs escapes. */
export const mayNeedEscapes = (json: string): boolean => /\\u(?:0000|d[89a-f])/i.test(json);

/** Whether some text of a JSON value needs escapes, names of members included. */
export const needsEscapes = (value: unknown): boolean => {
  let found = false;
  mapTexts(value, (text) => {
    found ||= UNFIT.test(text);
    return text;
  });
  return found;
};

export const escapeTexts = <Value>(value: Value): Value =>
  mapTexts(value, (text) =>
    text.replaceAll(ESCAPED, (character) =>
      character === "\\" ? "\\\\" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  ) as Value;

/** The inverse of {@link escapeTexts}. */
export const unescapeTexts = <Value>(value: Value): Value =>
  mapTexts(value, (text) =>
    text.replaceAll(ESCAPE, (_, hex: string | undefined) =>
      hex === undefined ? "\\" : String.fromCharCode(parseInt(hex, 16)),
    ),
  ) as Value;

const mapTexts = (value: unknown, map: (text: string) => string): unknown => {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((element) => mapTexts(element, map));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [map(name), mapTexts(member, map)]));
};

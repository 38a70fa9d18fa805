import { type Instant } from "#domain/calendar.js";
import { readable } from "#domain/readable-text.js";

/*
 * Fields of ours, in the last column of a line of a journal (docs/voice.md#journal). Columns before it are Kamailio's,
 * which are not looked at.
 */

const FIELDS = 13;
const FORMAT = "1";
/** A field more, before the end of the row, where the caller hides. */
const HIDDEN = "HIDDEN";
/** Without it a row was cut off, however complete it looks. */
const END_OF_ROW = ".";

const SECONDS = /^\d{9,11}\.\d{6}$/;
/** Numbers as networks know them: more than any has digits. Hosts as DNS knows them. */
const [LONGEST_NUMBER, LONGEST_HOST] = [100, 253];

/**
 * What stands between the format and the end of the row; null: nothing that can be read, as of a line that was torn.
 * @param line without its end, one character for each byte
 */
export const fieldsOf = (line: string): readonly string[] | null => {
  const fields = line.slice(line.lastIndexOf("|") + 1).split(";");
  if (fields.length !== FIELDS && fields.length !== FIELDS + 1) return null;
  if (fields[0] !== FORMAT || fields.at(-1) !== END_OF_ROW) return null;
  return fields.slice(1, -1);
};

/** Seconds since 1970 with six decimals; milliseconds are what is kept. */
export const instantOf = (text: string): Instant | null => {
  if (!SECONDS.test(text)) return null;
  const [seconds = "", fraction = ""] = text.split(".");
  return new Date(Number.parseInt(seconds + fraction.slice(0, 3), 10)).toISOString();
};

/** `%41` and `+` as in the query of an address. Bytes that are no UTF-8 become the characters of their numbers. */
export const textOf = (field: string): string | null => {
  if (!/^(?:[\w.~+-]|%[0-9a-fA-F]{2})*$/.test(field)) return null;
  const spaced = field.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
};

/** A number, cut where it is longer than any, with U+FFFD for what could not be seen of it. */
export const numberOf = (field: string): string | null => shownOf(field, LONGEST_NUMBER);

/** A host, likewise. */
export const hostOf = (field: string): string | null => shownOf(field, LONGEST_HOST);

const shownOf = (field: string, longest: number): string | null => {
  const text = textOf(field);
  return text === null ? null : readable(text.slice(0, longest));
};

/**
 * Whether a caller hides; null: the field says what nobody knows.
 * @param field undefined: the row has none
 * @param cli empty: nobody knows it
 */
export const hiddenOf = (field: string | undefined, cli: string | null): boolean | null => {
  if (field === undefined) return cli === "";
  return field === HIDDEN ? true : null;
};

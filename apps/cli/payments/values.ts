import { utc } from "@date-fns/utc";
import { format } from "date-fns/format";
import { isValid } from "date-fns/isValid";
import { parse } from "date-fns/parse";
import { type LocalDate } from "#domain/calendar.js";

/**
 * An amount as a bank writes it, in plain digits: `1.234,56` is `1234.56` with a decimal comma. Groups of three may be
 * apart by the other mark, an apostrophe or a space; a sign may stand on either side. Null: it is none.
 */
export const amountOf = (text: string, decimal: "." | ","): string | null => {
  const found = /^([+-]?)([\d.,'’ \u00a0\u202f]+)([+-]?)$/.exec(text.trim());
  if (!found) return null;
  const [, before = "", digits = "", after = ""] = found;
  if (before !== "" && after !== "") return null;
  const [whole = "", fraction, ...more] = digits.trim().split(decimal);
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  const group = /[^\d]/.exec(whole)?.[0];
  const isGrouped = group !== undefined && /^\d{1,3}$/.test(whole.split(group)[0] ?? "");
  const groups = group === undefined ? [] : whole.split(group).slice(1);
  if (group === undefined ? !/^\d+$/.test(whole) : !isGrouped || !groups.every((part) => /^\d{3}$/.test(part))) {
    return null;
  }
  const plain = whole.replaceAll(/[^\d]/g, "").replace(/^0+(?=\d)/, "");
  return `${before === "-" || after === "-" ? "-" : ""}${plain}${fraction === undefined ? "" : `.${fraction}`}`;
};

/** A day as a bank writes it. @param pattern of date-fns; null: it is none */
export const dateOf = (text: string, pattern: string): LocalDate | null => {
  const day = parse(text.trim(), pattern, new Date(), { in: utc });
  // What has two digits where four are meant would be a day of antiquity.
  return isValid(day) && day.getUTCFullYear() > 1900 ? format(day, "yyyy-MM-dd", { in: utc }) : null;
};

/** Whether date-fns knows the pattern, and it says which day is meant. */
export const isDatePattern = (pattern: string): boolean => {
  // The day of the year and the year of weeks, which nobody means: date-fns would warn on the console.
  if (/[DY]/.test(pattern.replaceAll(/'[^']*'/g, ""))) return false;
  const day = new Date(Date.UTC(2020, 11, 31));
  try {
    return dateOf(format(day, pattern, { in: utc }), pattern) === "2020-12-31";
  } catch {
    return false;
  }
};

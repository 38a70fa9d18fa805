import { utc } from "@date-fns/utc";
import { format } from "date-fns/format";
import { type FieldPath, reject } from "./rejection.js";
import { type Facts } from "./rejection-facts.js";

/** How dates and times are written to customers; `LANGUAGE` and `OWN` apart, by fixed patterns. */
export const dateFormatNames = ["LANGUAGE", "ISO", "US", "EUROPEAN", "DD_MM_YY", "MM_DD_YY", "OWN"] as const;
export type DateFormatName = (typeof dateFormatNames)[number];

/** Patterns of date-fns, e.g. `dd.MM.yyyy` and `HH:mm`. A date with its time is both, with a space between. */
export interface DatePatterns {
  readonly date: string;
  readonly time: string;
}

/** `LANGUAGE`: as the customer's language writes dates, with the name of the month. `OWN`: by patterns of one's own. */
export type DateFormat = { readonly name: Exclude<DateFormatName, "OWN"> } | ({ readonly name: "OWN" } & DatePatterns);

export const DEFAULT_DATE_FORMAT: DateFormat = { name: "LANGUAGE" };

/** The last two as spreadsheets write dates. */
const PATTERNS: Readonly<Record<Exclude<DateFormatName, "OWN" | "LANGUAGE">, DatePatterns>> = {
  ISO: { date: "yyyy-MM-dd", time: "HH:mm" },
  US: { date: "MM/dd/yyyy", time: "hh:mm a" },
  EUROPEAN: { date: "dd.MM.yyyy", time: "HH:mm" },
  DD_MM_YY: { date: "dd-MM-yy", time: "HH:mm" },
  MM_DD_YY: { date: "MM-dd-yy", time: "HH:mm" },
};

/** The patterns of a format; null: the language decides. */
export const datePatternsOf = (dates: DateFormat): DatePatterns | null => {
  if (dates.name === "LANGUAGE") return null;
  return dates.name === "OWN" ? { date: dates.date, time: dates.time } : PATTERNS[dates.name];
};

/** A format as it is ordered: patterns belong to `OWN`, and to nothing else. */
export interface GivenDateFormat {
  readonly name: DateFormatName;
  readonly date?: string | null;
  readonly time?: string | null;
}

/** @throws Rejection VALIDATION_FAILED when a pattern is missing, too much, or none of date-fns */
export const requireDateFormat = ({ name, date, time }: GivenDateFormat, field: string): DateFormat => {
  if (name === "OWN") {
    return { name, date: requirePattern(date, [field, "date"]), time: requirePattern(time, [field, "time"]) };
  }
  const unused = (["date", "time"] as const).find((part) => ({ date, time })[part] != null);
  if (unused === undefined) return { name };
  throw reject("VALIDATION_FAILED", `${unused} is a pattern for the format OWN; ${name} has its own.`, {
    field: [field, unused],
  });
};

const requirePattern = (pattern: string | null | undefined, field: FieldPath): string => {
  const part = field.at(-1);
  const trimmed = pattern?.trim() ?? "";
  const refused = (message: string, facts: Facts) => reject("VALIDATION_FAILED", message, { field, facts });
  if (trimmed === "") throw refused(`${part} must be given with the format OWN.`, { case: "TEXT_MISSING" });
  if (trimmed.length > 50)
    throw refused(`${part} is longer than 50 characters.`, { case: "TEXT_TOO_LONG", most: "50" });
  if (/\n/.test(trimmed)) throw refused(`${part} has a line break.`, { case: "NO_DATE_PATTERN", text: trimmed });
  if (isPattern(trimmed)) return trimmed;
  const problem = `${part} is not a pattern such as "dd.MM.yyyy" or "HH:mm": "${trimmed}".`;
  throw refused(problem, { case: "NO_DATE_PATTERN", text: trimmed });
};

const isPattern = (pattern: string): boolean => {
  // The day of the year and the year of weeks, which nobody means: date-fns would warn on the console.
  if (/[DY]/.test(pattern.replaceAll(/'[^']*'/g, ""))) return false;
  try {
    format("2020-12-31", pattern, { in: utc });
    return true;
  } catch {
    return false;
  }
};

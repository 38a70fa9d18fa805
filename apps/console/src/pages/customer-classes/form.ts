import { type VariablesOf } from "gql.tada";
import { type CustomerClass, type defineClass } from "./query.js";

export type Input = VariablesOf<typeof defineClass.preview>["input"];

type DateFormatName = CustomerClass["dateFormat"]["name"];

/** In the order in which they are offered. */
export const DATE_FORMATS: readonly DateFormatName[] = [
  ...(["LANGUAGE", "ISO", "EUROPEAN", "US", "DD_MM_YY", "MM_DD_YY", "OWN"] as const),
];

/** Counts of days that a class always has. */
export const DAYS = [
  ...(["graceDays", "warnBeforeSuspensionDays", "warnBeforeEndDays"] as const),
  ...(["selfPauseDaysPerYear", "selfPauseLongestDays", "selfPauseNoticeDays"] as const),
] as const;

/** Steps of collection that a class may be without. */
export const STEPS = ["suspendAfterDays", "terminateAfterDays"] as const;

/** What stands in the form; null: empty. */
export interface Form extends Readonly<Record<(typeof DAYS)[number] | (typeof STEPS)[number], number | null>> {
  readonly name: string;
  readonly language: CustomerClass["language"];
  readonly rounding: CustomerClass["rounding"];
  readonly dateFormat: DateFormatName;
  /** Patterns, as they are typed, under `OWN`. */
  readonly ownDate: string;
  readonly ownTime: string;
  /** As it is typed: `7, 14`. */
  readonly remindAfterDays: string;
}

/** A class as the API defines one unless told otherwise. */
export const NEW: Form = {
  ...{ name: "", language: "EN", rounding: "HALF_UP", remindAfterDays: "" },
  ...{ dateFormat: "LANGUAGE", ownDate: "", ownTime: "" },
  ...{ graceDays: 14, warnBeforeSuspensionDays: 3, warnBeforeEndDays: 30 },
  ...{ selfPauseDaysPerYear: 0, selfPauseLongestDays: 0, selfPauseNoticeDays: 0 },
  ...{ suspendAfterDays: null, terminateAfterDays: null },
};

export const formOf = ({ id: _, dateFormat: { name, date, time }, ...held }: CustomerClass): Form => ({
  ...held,
  dateFormat: name,
  ownDate: name === "OWN" ? (date ?? "") : "",
  ownTime: name === "OWN" ? (time ?? "") : "",
  remindAfterDays: held.remindAfterDays.join(", "),
});

/** What the command is asked for; null: the form is not complete. */
export const inputOf = (form: Form): Input | null => {
  const { name, remindAfterDays, language, rounding, dateFormat, ownDate, ownTime, ...days } = form;
  const own = { date: ownDate.trim(), time: ownTime.trim() };
  const reminders = remindAfterDays.split(/[\s,;]+/).filter((text) => text !== "");
  if (name.trim() === "" || reminders.some((text) => !/^\d{1,4}$/.test(text))) return null;
  if (DAYS.some((each) => days[each] === null)) return null;
  if (dateFormat === "OWN" && (own.date === "" || own.time === "")) return null;
  return {
    ...{ name: name.trim(), language, rounding },
    dateFormat: { name: dateFormat, ...(dateFormat === "OWN" && own) },
    remindAfterDays: reminders.map((text) => Number.parseInt(text, 10)),
    ...days,
  };
};

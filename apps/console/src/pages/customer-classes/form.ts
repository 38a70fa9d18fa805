import { type VariablesOf } from "gql.tada";
import { type CustomerClass, type defineClass } from "./query.js";

export type Input = VariablesOf<typeof defineClass.preview>["input"];

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
  /** As it is typed: `7, 14`. */
  readonly remindAfterDays: string;
}

/** A class as the API defines one unless told otherwise. */
export const NEW: Form = {
  ...{ name: "", language: "EN", rounding: "HALF_UP", remindAfterDays: "" },
  ...{ graceDays: 14, warnBeforeSuspensionDays: 3, warnBeforeEndDays: 30 },
  ...{ selfPauseDaysPerYear: 0, selfPauseLongestDays: 0, selfPauseNoticeDays: 0 },
  ...{ suspendAfterDays: null, terminateAfterDays: null },
};

export const formOf = ({ id: _, ...held }: CustomerClass): Form => ({
  ...held,
  remindAfterDays: held.remindAfterDays.join(", "),
});

/** What the command is asked for; null: the form is not complete. */
export const inputOf = ({ name, remindAfterDays, language, rounding, ...days }: Form): Input | null => {
  const reminders = remindAfterDays.split(/[\s,;]+/).filter((text) => text !== "");
  if (name.trim() === "" || reminders.some((text) => !/^\d{1,4}$/.test(text))) return null;
  if (DAYS.some((each) => days[each] === null)) return null;
  return {
    ...{ name: name.trim(), language, rounding },
    remindAfterDays: reminders.map((text) => Number.parseInt(text, 10)),
    ...days,
  };
};

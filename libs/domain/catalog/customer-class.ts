import { type LocalDate } from "../calendar.js";
import { DEFAULT_DATE_FORMAT, type GivenDateFormat, requireDateFormat } from "../date-format.js";
import { type Evolver } from "../event.js";
import { checkAll, noSuchItem } from "../rejection.js";
import { type ClassTerms, type CollectionTerms, type CustomerClassEvent, type SelfPauseLimits } from "./events.js";
import { requireCount, requireName } from "../input.js";
import { DEFAULT_LANGUAGE } from "../language.js";

/** The terms of a customer that has no class. */
export const DEFAULT_CLASS_TERMS: ClassTerms = { name: "Default", graceDays: 14, rounding: "HALF_UP" };

type ClassRevision = ClassTerms & { readonly effectiveOn: LocalDate };

export interface CustomerClass {
  readonly customerClassId: string;
  /** Every revision in order of recording: a period is rounded by the terms of its last day. */
  readonly revisions: readonly [ClassRevision, ...ClassRevision[]];
}

export const customerClassEvolver: Evolver<CustomerClass | null, CustomerClassEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "CustomerClassDefined": {
        const { customerClassId, ...terms } = event.data;
        return { customerClassId, revisions: [terms] };
      }
      case "CustomerClassRevised":
        return state && { ...state, revisions: [...state.revisions, event.data] };
      case "CommandAccepted":
        return state;
    }
  },
};

/** The terms of a class on a day: the last revision recorded that was in force by then, else its first. */
export const classTermsOn = (found: CustomerClass | null | undefined, date: LocalDate): ClassTerms =>
  found?.revisions.findLast(({ effectiveOn }) => effectiveOn <= date) ?? found?.revisions[0] ?? DEFAULT_CLASS_TERMS;

/** How much customers of a class may pause by themselves; nothing unless it says so. */
export const selfPauseLimitsOf = ({
  selfPauseDaysPerYear = 0,
  selfPauseLongestDays = 0,
  selfPauseNoticeDays = 0,
}: Partial<SelfPauseLimits>): SelfPauseLimits => ({ selfPauseDaysPerYear, selfPauseLongestDays, selfPauseNoticeDays });

const DEFAULT_WARNING_DAYS = 30;

/** Days before the discount end date on which its holder is told of it (docs/rules.md#mails). */
export const endWarningDaysOf = ({ warnBeforeEndDays = DEFAULT_WARNING_DAYS }: ClassTerms): number => warnBeforeEndDays;

/** What collection does about unpaid invoices of a class; nobody is suspended or terminated unless it says so. */
export const collectionTermsOf = ({
  suspendAfterDays = null,
  terminateAfterDays = null,
  remindAfterDays = [],
  warnBeforeSuspensionDays = 3,
}: Partial<CollectionTerms>): CollectionTerms => ({
  suspendAfterDays,
  terminateAfterDays,
  remindAfterDays,
  warnBeforeSuspensionDays,
});

/** Terms as they are ordered. */
type GivenTerms = Omit<ClassTerms, "dateFormat"> & { readonly dateFormat?: GivenDateFormat };

const checked = ({
  name,
  graceDays,
  rounding,
  language,
  dateFormat,
  warnBeforeEndDays,
  ...terms
}: GivenTerms): ClassTerms => {
  const limits = selfPauseLimitsOf(terms);
  const collection = collectionTermsOf(terms);
  const { suspendAfterDays, terminateAfterDays, remindAfterDays } = collection;
  checkAll(
    () => {
      requireCount(graceDays, "graceDays", 0);
    },
    () => {
      if (warnBeforeEndDays !== undefined) requireCount(warnBeforeEndDays, "warnBeforeEndDays", 0);
    },
    () => requireName(name),
    () => dateFormat && requireDateFormat(dateFormat, "dateFormat"),
    ...Object.entries(limits).map(([field, count]: [string, number]) => () => {
      requireCount(count, field, 0);
    }),
    ...Object.entries({ suspendAfterDays, terminateAfterDays }).map(([field, days]) => () => {
      if (days !== null) requireCount(days, field);
    }),
    ...remindAfterDays.map((days) => () => {
      requireCount(days, "remindAfterDays");
    }),
    () => {
      requireCount(collection.warnBeforeSuspensionDays, "warnBeforeSuspensionDays", 0);
    },
  );
  const reminders = [...new Set(remindAfterDays)].sort((a, b) => a - b);
  return {
    ...{ name: requireName(name), graceDays, rounding, ...limits, ...collection, remindAfterDays: reminders },
    ...(language && { language }),
    ...(dateFormat && { dateFormat: requireDateFormat(dateFormat, "dateFormat") }),
    ...(warnBeforeEndDays !== undefined && { warnBeforeEndDays }),
  };
};

/** @throws Rejection VALIDATION_FAILED */
export const defineCustomerClass = ({
  on,
  customerClassId,
  ...terms
}: GivenTerms & { readonly customerClassId: string; readonly on: LocalDate }): CustomerClassEvent[] => [
  { type: "CustomerClassDefined", data: { customerClassId, ...checked(terms), effectiveOn: on } },
];

/** Terms that are left out stay. @throws Rejection VALIDATION_FAILED */
export const reviseCustomerClass = (
  { on, ...changes }: Partial<GivenTerms> & { readonly on: LocalDate },
  state: CustomerClass | null,
): CustomerClassEvent[] => {
  const before = state?.revisions.at(-1);
  if (!before) {
    throw noSuchItem("customer class", "customerClassId");
  }
  const { language, dateFormat, warnBeforeEndDays, ...terms } = checked({ ...before, ...changes });
  // To order what holds anyway, since no event says otherwise, changes nothing.
  const data = {
    ...terms,
    ...(language && (before.language || language !== DEFAULT_LANGUAGE) && { language }),
    ...(dateFormat && (before.dateFormat || dateFormat.name !== DEFAULT_DATE_FORMAT.name) && { dateFormat }),
    ...(warnBeforeEndDays !== undefined &&
      (before.warnBeforeEndDays !== undefined || warnBeforeEndDays !== DEFAULT_WARNING_DAYS) && { warnBeforeEndDays }),
    effectiveOn: on,
  };
  return [{ type: "CustomerClassRevised", data }];
};

import { addDays, later, type LocalDate } from "../calendar.js";
import { type CollectionTerms } from "../catalog/events.js";
import { compareText } from "../by-day.js";
import { type Collection, type StepKind, type UnpaidInvoice, unpaidOf } from "./collection.js";

/** What the next steps are reckoned from. */
export interface Standing {
  readonly collection: Collection;
  /** Terms of the customer's class. */
  readonly terms: CollectionTerms;
  /** Whether a suspension for non-payment holds. */
  readonly isSuspended: boolean;
  /** Whether the customer is closed: then it is reminded, and nothing else is done. */
  readonly isClosed: boolean;
}

/** A step to come. */
export interface NextStep {
  readonly kind: StepKind;
  readonly invoice: UnpaidInvoice;
  readonly on: LocalDate;
  /** Of a reminder: days after the due date; else null. */
  readonly afterDays: number | null;
  /** Of a warning: the day of the suspension; else null. */
  readonly suspensionOn: LocalDate | null;
}

/** The order of the steps of one day. */
const ORDER: Readonly<Record<StepKind, number>> = {
  OVERDUE: 0,
  REMINDER: 1,
  WARNING: 2,
  SUSPENSION: 3,
  TERMINATION: 4,
};

/**
 * The steps that collection takes if nothing is paid and nothing changes, by day (docs/rules.md#collection). Every
 * unpaid invoice becomes overdue; all else is about the oldest one alone.
 */
export const nextSteps = (standing: Standing): NextStep[] => {
  const { collection } = standing;
  const unpaid = unpaidOf(collection);
  const told = new Set<string>();
  for (const { kind, invoiceId } of collection.taken) if (kind === "OVERDUE") told.add(invoiceId);
  const overdue = unpaid
    .filter(({ invoiceId }) => !told.has(invoiceId))
    .map((invoice) => step("OVERDUE", invoice, notBefore(collection, addDays(invoice.dueOn, 1))));
  const [oldest] = unpaid;
  const collecting =
    oldest === undefined || collection.exempt
      ? []
      : [
          ...reminders(standing, oldest),
          ...(standing.isClosed ? [] : [...suspension(standing, oldest), ...termination(standing, oldest)]),
        ];
  return [...overdue, ...collecting].sort((a, b) => compareText(a.on, b.on) || ORDER[a.kind] - ORDER[b.kind]);
};

/** The day of the next step; an invoice without a number counts as one that will have it. Null: none is to come. */
export const nextStepOn = (standing: Standing): LocalDate | null => {
  const { collection } = standing;
  const known = nextSteps(standing).map(({ on }) => on);
  const waiting = collection.waiting.flatMap(({ dueOn }) =>
    dueOn === null ? [] : [notBefore(collection, addDays(dueOn, 1))],
  );
  return [...known, ...waiting].sort(compareText)[0] ?? null;
};

/** Those without a promise to wait for, and that were not missed. */
const reminders = ({ collection, terms }: Standing, oldest: UnpaidInvoice): NextStep[] =>
  terms.remindAfterDays.flatMap((afterDays) => {
    const on = addDays(oldest.dueOn, afterDays);
    const isDropped = collection.promise !== null && on <= collection.promise.by;
    const isMissed = collection.notBefore !== null && on < collection.notBefore;
    if (isDropped || isMissed || isTaken(collection, "REMINDER", oldest, afterDays)) return [];
    return [{ ...step("REMINDER", oldest, on), afterDays }];
  });

/** The suspension with its warning; none while the customer is suspended for non-payment. */
const suspension = ({ collection, terms, isSuspended }: Standing, oldest: UnpaidInvoice): NextStep[] => {
  const { suspendAfterDays, warnBeforeSuspensionDays } = terms;
  if (suspendAfterDays === null || isSuspended || isTaken(collection, "SUSPENSION", oldest)) return [];
  if (collection.spared.includes(oldest.invoiceId)) return [];
  const due = afterPromise(collection, addDays(oldest.dueOn, suspendAfterDays));
  const on = notBefore(collection, due);
  const suspended = step("SUSPENSION", oldest, on);
  if (isTaken(collection, "WARNING", oldest)) return [suspended];
  const warnOn = later(addDays(due, -warnBeforeSuspensionDays), addDays(oldest.dueOn, 1));
  const warned = notBefore(collection, warnOn);
  // One that was missed is made up for while there is still a day to pay in.
  if (warned > warnOn && warned >= on) return [suspended];
  return [{ ...step("WARNING", oldest, warned), suspensionOn: on }, suspended];
};

const termination = ({ collection, terms }: Standing, oldest: UnpaidInvoice): NextStep[] => {
  const { terminateAfterDays } = terms;
  if (terminateAfterDays === null || isTaken(collection, "TERMINATION", oldest)) return [];
  const due = afterPromise(collection, addDays(oldest.dueOn, terminateAfterDays));
  return [step("TERMINATION", oldest, notBefore(collection, due))];
};

const step = (kind: StepKind, invoice: UnpaidInvoice, on: LocalDate): NextStep => ({
  ...{ kind, invoice, on },
  ...{ afterDays: null, suspensionOn: null },
});

/** The day, or the one after the promise where that is later. */
const afterPromise = ({ promise }: Collection, day: LocalDate): LocalDate =>
  promise === null ? day : later(day, addDays(promise.by, 1));

const notBefore = ({ notBefore: first }: Collection, day: LocalDate): LocalDate =>
  first === null ? day : later(day, first);

const isTaken = (
  { taken }: Collection,
  kind: StepKind,
  { invoiceId }: UnpaidInvoice,
  afterDays: number | null = null,
): boolean => taken.some((one) => one.kind === kind && one.invoiceId === invoiceId && one.afterDays === afterDays);

import { type LocalDate, type PeriodDays } from "./calendar.js";
import { type RoundingMode } from "./money.js";

/** What the value of a step is, in the terms of billing. */
export const stepNames = [
  "NET",
  "FEE",
  "DISCOUNT",
  "UNIT_FEE",
  "UNIT_DISCOUNT",
  "DISCOUNT_RATE",
  "WHOLE",
  "CHARGED_DAYS",
  "PERIOD_DAYS",
  "PRORATED",
  "ROUNDED",
  "ONE_TIME_FEE",
  "ONE_TIME_DISCOUNT",
  "TRANSFER_FEE",
  "USAGE",
  "CALLS",
  "CHARGED_SECONDS",
  "PENALTY",
  "FIXED_PENALTY",
  "WAIVED_PENALTY",
  "DISCOUNTS_GIVEN",
  "DISCOUNT_GIVEN",
  "ALL_DISCOUNTS_GIVEN",
  "REMAINING_FEES",
  "ALL_REMAINING_FEES",
  "REMAINING_PERIODS",
  "PERIOD_COUNT",
  "AT_MOST",
  "SHARE_OF_CAP",
  "DUE",
  "BILLED",
  "LINE_DUE",
  "LINE_BILLED",
  "DISCOUNT_END",
  "DISCOUNT_END_SET",
  "PAUSED_DAYS",
  "PAUSED_DAYS_INCLUDED",
  "DAYS_ADDED",
  "NOT_LATER_THAN",
  "NOT_EARLIER_THAN",
  "LAST_CHARGED_DAY",
  "STATUS",
  "FIRST_DAY",
  "ON_PAUSE",
  "SUSPENDED_FROM",
  "SUSPENSION_LIFTED",
  "CLOSED_ON",
  "ACCOUNT_OPENED",
  "ACCOUNT_CLOSED",
  "LEFT_TO_PAY",
  "DUE_DATE",
  "VOIDED_ON",
  "PAID_FROM_BALANCE",
  "BALANCE",
  "UNUSED_CREDIT",
  "USED_FOR_INVOICE",
  "USED_FOR_REFUND",
  "USED_FOR_OWED",
  "BALANCE_DUE",
  "INVOICED",
  "CREDITED",
  "PAID",
  "PAYMENT_REVERSED",
  "REFUNDED",
  "WRITTEN_OFF",
  "WRITE_OFF_UNDONE",
] as const;
export type StepName = (typeof stepNames)[number];

/**
 * How the value of a step comes from those of the steps that it was computed from:
 * GIVEN from none of them (what an event says, or a count of days); SUM, PRODUCT and LEAST of all; DIFFERENCE the first
 * less the others; SHARE the first times the second, divided by the third; ROUNDED the only one, to the currency's minor
 * unit; ALLOCATED a part of the first, which is allocated over the others by largest remainder; NEGATED the opposite of
 * the only one; DAYS_LATER the date of the first, later by the days of the others; EARLIEST and LATEST of dates.
 */
export const operations = [
  "GIVEN",
  "SUM",
  "DIFFERENCE",
  "PRODUCT",
  "SHARE",
  "ROUNDED",
  "ALLOCATED",
  "LEAST",
  "NEGATED",
  "DAYS_LATER",
  "EARLIEST",
  "LATEST",
] as const;
export type Operation = (typeof operations)[number];

/** What a value counts. */
export const stepUnits = ["MONEY", "DAYS", "PERCENT", "TIMES", "SECONDS", "DATE", "STATUS"] as const;
export type StepUnit = (typeof stepUnits)[number];

/** A line of an invoice or a credit note. */
export interface LinePlace {
  /** The invoice or credit note. */
  readonly invoiceId: string;
  /** From 1; null: the whole document. */
  readonly line: number | null;
}

/**
 * A step of a calculation, taken down by the code that calculates, while it does (decision 216): its value, what it was
 * computed from, and the events that say so.
 */
export interface Step {
  readonly what: StepName;
  readonly operation: Operation;
  readonly unit: StepUnit;
  /** Exact decimal text of an amount or a number, a date `YYYY-MM-DD`, or the name of a status. */
  readonly value: string;
  /** What the value was computed from. */
  readonly of: readonly Step[];
  /** Why: what decided that it is so, without being a part of the calculation. */
  readonly because: readonly Step[];
  /** Ids of events. */
  readonly events: readonly string[];
  /** The days that it is about, both inclusive. */
  readonly days: PeriodDays | null;
  /** The line or document that it is on. */
  readonly on: LinePlace | null;
  /** The fee row that it is about, as its terms describe it. */
  readonly description: string | null;
  /** ROUNDED: how. */
  readonly rounding: RoundingMode | null;
  /** ALLOCATED: the place of its share among them, from 0. */
  readonly place: number | null;
}

type Details = Partial<Omit<Step, "what" | "operation" | "unit" | "value" | "of">>;

const NOTHING: Required<Details> = {
  because: [],
  events: [],
  days: null,
  on: null,
  description: null,
  rounding: null,
  place: null,
};

/** What an event says, or what is counted from events. */
export const given = (what: StepName, unit: StepUnit, value: string, details: Details = {}): Step => ({
  ...NOTHING,
  ...details,
  what,
  operation: "GIVEN",
  unit,
  value,
  of: [],
});

/** @param value as it was computed from the steps */
export const computed = (
  what: StepName,
  operation: Operation,
  value: string,
  of: readonly Step[],
  details: Details & { readonly unit?: StepUnit } = {},
): Step => ({ ...NOTHING, ...details, what, operation, unit: details.unit ?? "MONEY", value, of });

/** Takes down why something is so. */
export type Because = (reason: Step) => void;

/** A status with what decides that it is so. @param statusOf decides it, and says why */
export const statusStep = (statusOf: (because: Because) => string): Step => {
  const because: Step[] = [];
  const value = statusOf((reason) => because.push(reason));
  return given("STATUS", "STATUS", value, { because });
};

/** A single day, as the days that a step is about. */
export const onDay = (date: LocalDate): PeriodDays => ({ from: date, until: date });

/** Every step of a calculation, each before what it was computed from. */
export function* stepsOf(step: Step): Generator<Step> {
  yield step;
  for (const part of [...step.of, ...step.because]) yield* stepsOf(part);
}

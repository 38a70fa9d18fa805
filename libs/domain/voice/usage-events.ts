import { type LocalDate, type PeriodDays } from "../calendar.js";
import { type CategoryEvents, type DomainEvent } from "../event.js";
import { type Currency } from "../money.js";
import { type CorrectedAmount, type UsageGroup } from "./usage.js";
import { type RatedXdr } from "./xdr.js";

/**
 * What the close of a period bills of an account's calls: all that no earlier one had counted, of days before the period's
 * end. Recorded before the pages of the invoice, once for an account and period.
 */
export type UsageSummarised = DomainEvent<
  "UsageSummarised",
  {
    readonly accountId: string;
    readonly customerId: string;
    readonly period: PeriodDays;
    readonly groups: readonly UsageGroup[];
    readonly calls: number;
    /** SHA-256 of keys and amounts of the calls, in order of the keys. */
    readonly callsHash: string;
    /** The last event whose calls count, with its position in the log: calls that were recorded behind it come later. */
    readonly countedTo: { readonly eventId: string; readonly position: string };
    /** The day after the period. */
    readonly effectiveOn: LocalDate;
  }
>;

/** By what a call is rated from now on. */
export type CorrectedRating = Pick<
  RatedXdr,
  "tariffId" | "tariffRevision" | "prefix" | "ended" | "seconds" | "chargedSeconds"
>;

/**
 * A rated call costs something else. Where a closed period billed it, the next close corrects its line; else its first
 * close counts the new amount.
 */
export type CallCorrected = DomainEvent<
  "CallCorrected",
  CorrectedAmount & {
    readonly accountId: string;
    readonly customerId: string;
    /** Of the call. */
    readonly key: string;
    /** The closed period that billed it; null: none did. */
    readonly period: PeriodDays | null;
    readonly currency: Currency;
    /** Absent: it is void, and costs nothing. */
    readonly rating?: CorrectedRating;
    /** The first day of that period, which is computed again; of a call that none billed the day of the correction. */
    readonly effectiveOn: LocalDate;
    readonly personal?: { readonly reason: string };
  }
>;

export type UsageEvent = UsageSummarised | CallCorrected;

export const usageEvents: CategoryEvents<"usage", UsageEvent> = {
  category: "usage",
  types: {
    // Its own close counts it, and no later one.
    UsageSummarised: { version: 1, movesCharges: false, callsForWork: false },
    CallCorrected: { version: 1, movesCharges: true, callsForWork: false },
  },
};

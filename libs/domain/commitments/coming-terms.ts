import { type LocalDate } from "../calendar.js";
import { type ScheduledDiscountEnd, type Terms } from "./events.js";

interface ComingTerms {
  /** The customer's day on which they were ordered. */
  readonly orderedOn: LocalDate;
  /** Their first day. It may have come: then they are, or were, in force. */
  readonly from: LocalDate;
  readonly terms: Terms;
  readonly eventId: string;
}

/** An upgrade that was ordered for a coming day, and not cancelled (docs/rules.md#scheduled-upgrade). */
export interface ScheduledUpgrade extends ComingTerms {
  readonly upgradeId: string;
  readonly discountEnd: ScheduledDiscountEnd;
  /** No change of a pause lowers the default end date that begins with it below this day. */
  readonly floor: LocalDate | null;
}

/** A renewal of fees that was neither cancelled nor replaced (docs/rules.md#renewal). */
export interface FeesRenewal extends ComingTerms {
  readonly renewalId: string;
}

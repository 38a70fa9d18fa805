import { type LocalDate } from "../calendar.js";
import { type Amount } from "../money.js";
import { type FeesRenewal, type ScheduledUpgrade } from "./coming-terms.js";
import { type DiscountEndBounds, type DiscountEndKind, type PlannedUpgrade, type Terms } from "./events.js";
import { type PauseChange, type RecordedCeiling } from "./pause-changes.js";
import { type PauseRequest } from "./pause-request.js";

/** Terms in force from a day on, until the next ones. */
export interface TermsVersion {
  readonly from: LocalDate;
  readonly terms: Terms;
  readonly eventId: string;
}

/** How far changes of pauses move a date, as the last of them left it. */
export type SettingBounds = Omit<DiscountEndBounds, "setBy">;

/** A discount end date as it was set. It counts for days from `from` on (docs/rules.md#discount-end-date). */
export interface DiscountSetting {
  /** Null: it has always counted. */
  readonly from: LocalDate | null;
  /** First day without discount before pauses move it; null: no discount period. */
  readonly end: LocalDate | null;
  readonly kind: DiscountEndKind;
  readonly synchronisedWith: string | null;
  /** Days of pauses that the date includes, by pause id. */
  readonly counted: Readonly<Record<string, number>>;
  /** How many changes of pauses had been recorded when it was set: it was set knowing those. */
  readonly changesBefore: number;
  /** Null: no change of a pause has decided them; events from before bounds may have left a floor and ceilings. */
  readonly bounds: SettingBounds | null;
  /** By events from before bounds: no change of a pause lowers the date below this day. */
  readonly floor: LocalDate | null;
  /** By such events: days for which the setting counts have no later date than this: a pause raised it for later days only. */
  readonly ceiling: LocalDate | null;
  readonly eventId: string;
}

export interface Pause {
  readonly pauseId: string;
  /** First paused day. */
  readonly from: LocalDate;
  /** Last paused day; null: the pause is open. */
  readonly until: LocalDate | null;
  /** A "pause now": on the day before its first paused one, resuming cancels it. */
  readonly now: boolean;
  /** The customer paused by itself, or asked for the pause: its days count against the limits of its class. */
  readonly selfCare: boolean;
  /** Ended by a command: service is back on its last paused day. */
  readonly resumed: boolean;
  readonly cancelled: boolean;
  /**
   * The events that set its first and its last paused day: causes of the line before the pause, and of that after it.
   */
  readonly fromEventId: string;
  readonly untilEventId: string;
}

export interface TimeLimitedUpgrade {
  readonly upgradeId: string;
  readonly rowId: string;
  readonly addOnProductId: string;
  readonly from: LocalDate;
  /** Last day. */
  readonly until: LocalDate;
  readonly then: PlannedUpgrade | null;
  /** No change of a pause lowers the default end date that follows it below this day. */
  readonly thenFloor: LocalDate | null;
  /** The last event that set or cancelled what follows it. */
  readonly eventId: string;
}

export interface Termination {
  /** Last charged day. */
  readonly on: LocalDate;
  readonly early: boolean;
  readonly penaltyWaived: boolean;
  /** Null: it was not recorded, only put into the state to compute its charges. */
  readonly eventId: string | null;
}

/** An account that holds a commitment from a day on, until the next one does (docs/rules.md#transfer). */
export interface Holder {
  /** The first day charged to it. */
  readonly from: LocalDate;
  readonly accountId: string;
  readonly customerId: string;
  /** The event that made it the holder: the assignment or a transfer. */
  readonly eventId: string;
  /** The transfer by which it became the holder; null: the commitment was assigned to it. */
  readonly transfer: { readonly fee: Amount; readonly termsName: string } | null;
}

export interface Commitment {
  readonly commitmentId: string;
  /** Of the last holder. */
  readonly accountId: string;
  readonly customerId: string;
  /** In order of recording, the first from the start: what was transferred has several. */
  readonly holders: readonly [Holder, ...Holder[]];
  /** First charged day. */
  readonly start: LocalDate;
  readonly assignedEventId: string;
  /** In order of recording, the first from the start; without those of planned and scheduled upgrades and renewals. */
  readonly versions: readonly [TermsVersion, ...TermsVersion[]];
  /** How many terms there were, all planned, scheduled and renewed ones included: the next terms' row ids contain it. */
  readonly termsAgreed: number;
  /** In order of recording. */
  readonly settings: readonly DiscountSetting[];
  /** End dates that pauses raised for later days only, in order of recording. */
  readonly ceilings: readonly RecordedCeiling[];
  /** In order of recording, cancelled ones included: a discount end date that includes one loses its days again. */
  readonly pauses: readonly Pause[];
  /** Every change of a pause, in order of recording. */
  readonly pauseChanges: readonly PauseChange[];
  /** In order of recording. */
  readonly pauseRequests: readonly PauseRequest[];
  /** In order of recording. */
  readonly upgrades: readonly TimeLimitedUpgrade[];
  /** In order of recording, those whose day has come included. */
  readonly scheduledUpgrades: readonly ScheduledUpgrade[];
  /** In order of recording, those whose day has come included. */
  readonly renewals: readonly FeesRenewal[];
  readonly termination: Termination | null;
  /** Whether the customer withdrew within the cooling-off days: then nothing is charged (docs/rules.md#annul). */
  readonly annulled: boolean;
  /** The version of the rules by which its days are judged (invoicing/rules-version.ts). Absent: the present one. */
  readonly rules?: number;
}

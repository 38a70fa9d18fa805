import { type Instant, type LocalDate } from "../calendar.js";
import { type Amount, type Currency } from "../money.js";
import { type DocumentDetails } from "./document-details.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";

/** What an hour of somebody's work costs. */
export interface HourlyRate {
  readonly amount: Amount;
  readonly currency: Currency;
}

/** Settings that count in days. Absent in events from before they existed: the default holds. */
interface LimitsOfDays {
  /** Days before today through which days of closed periods may be changed. */
  readonly backDatingDays?: number;
  /** A commitment can be annulled through its start plus so many days. */
  readonly coolingOffDays?: number;
}

/**
 * A communications service provider, or one environment of it: owns streams, rows, invoice numbers, clock and settings.
 */
export type ProviderCreated = DomainEvent<
  "ProviderCreated",
  {
    readonly providerId: string;
    readonly name: string;
    /** What invoice numbers begin with, e.g. "INV-". */
    readonly invoiceNumberPrefix: string;
    /** Deliveries to systems outside are answered by the built-in recorder: nothing leaves. Absent: they are sent. */
    readonly stubTargets?: true;
    readonly effectiveOn: LocalDate;
  } & LimitsOfDays
>;
export type ProviderSettingsChanged = DomainEvent<
  "ProviderSettingsChanged",
  {
    readonly name: string;
    readonly invoiceNumberPrefix: string;
    /** What an hour of support costs; null: not known any more. Absent: as before. */
    readonly supportHourlyRate?: HourlyRate | null;
    readonly effectiveOn: LocalDate;
  } & LimitsOfDays
>;
/** The provider's time is the test clock's from now on. */
export type TestClockSet = DomainEvent<"TestClockSet", { readonly at: Instant; readonly effectiveOn: LocalDate }>;
/**
 * The test clock is to be advanced to an instant; the worker moves it through every moment at which something is due.
 */
export type ClockAdvanceOrdered = DomainEvent<
  "ClockAdvanceOrdered",
  { readonly advanceId: string; readonly to: Instant; readonly effectiveOn: LocalDate }
>;
/** The test clock reached a moment of the advance. */
export type TestClockMoved = DomainEvent<"TestClockMoved", { readonly at: Instant; readonly effectiveOn: LocalDate }>;
/** The advance is complete: everything due by then was done. */
export type ClockAdvanceCompleted = DomainEvent<
  "ClockAdvanceCompleted",
  { readonly advanceId: string; readonly effectiveOn: LocalDate }
>;

/**
 * An event that read models cannot take is passed over from now on, because an operator said so. In the provider's
 * quarantine stream. `effectiveOn` is the day of recording.
 */
export type EventQuarantined = DomainEvent<
  "EventQuarantined",
  {
    readonly stream: string;
    /** Of the event in its stream: decimal text of a bigint. */
    readonly revision: string;
    readonly eventId: string;
    readonly eventType: string;
    readonly effectiveOn: LocalDate;
    /** Free text of a person. */
    readonly personal: { readonly reason: string };
  }
>;

export type QuarantineEvent = EventQuarantined | CommandAccepted;

export const quarantineEvents: CategoryEvents<"quarantine", QuarantineEvent> = {
  category: "quarantine",
  types: {
    EventQuarantined: { version: 1, movesCharges: false, callsForWork: true },
    ...COMMAND_ACCEPTED,
  },
};

/**
 * What the documents that are numbered from now on say about the provider. In a stream of its own: logos would make the
 * provider's, which every command looks at, a long read.
 */
export type DocumentDetailsChanged = DomainEvent<
  "DocumentDetailsChanged",
  DocumentDetails & { readonly effectiveOn: LocalDate }
>;

export type DocumentDetailsEvent = DocumentDetailsChanged | CommandAccepted;

export const documentDetailsEvents: CategoryEvents<"documentdetails", DocumentDetailsEvent> = {
  category: "documentdetails",
  types: {
    DocumentDetailsChanged: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export type ProviderEvent =
  | ProviderCreated
  | ProviderSettingsChanged
  | TestClockSet
  | ClockAdvanceOrdered
  | TestClockMoved
  | ClockAdvanceCompleted
  | CommandAccepted;

export const providerEvents: CategoryEvents<"provider", ProviderEvent> = {
  category: "provider",
  types: {
    ProviderCreated: { version: 1, movesCharges: false, callsForWork: false },
    ProviderSettingsChanged: { version: 1, movesCharges: false, callsForWork: false },
    TestClockSet: { version: 1, movesCharges: false, callsForWork: false },
    ClockAdvanceOrdered: { version: 1, movesCharges: false, callsForWork: true },
    TestClockMoved: { version: 1, movesCharges: false, callsForWork: false },
    ClockAdvanceCompleted: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

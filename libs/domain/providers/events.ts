import { type Instant, type LocalDate } from "../calendar.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";

/** One CSP, or one environment of it: owns its streams, rows, invoice series, clock and settings. */
export type ProviderCreated = DomainEvent<
  "ProviderCreated",
  {
    readonly providerId: string;
    readonly name: string;
    /** What invoice numbers begin with, e.g. "INV-". */
    readonly invoiceNumberPrefix: string;
    readonly effectiveOn: LocalDate;
  }
>;
export type ProviderSettingsChanged = DomainEvent<
  "ProviderSettingsChanged",
  { readonly name: string; readonly invoiceNumberPrefix: string; readonly effectiveOn: LocalDate }
>;
/** The provider's time is the test clock's from now on. */
export type TestClockSet = DomainEvent<"TestClockSet", { readonly at: Instant; readonly effectiveOn: LocalDate }>;
/** The clock is to move there; the worker walks through every moment with something due. */
export type ClockAdvanceOrdered = DomainEvent<
  "ClockAdvanceOrdered",
  { readonly advanceId: string; readonly to: Instant; readonly effectiveOn: LocalDate }
>;
/** The clock reached a moment of the walk. */
export type TestClockMoved = DomainEvent<"TestClockMoved", { readonly at: Instant; readonly effectiveOn: LocalDate }>;
/** The walk is done: everything due was done. */
export type ClockAdvanceCompleted = DomainEvent<
  "ClockAdvanceCompleted",
  { readonly advanceId: string; readonly effectiveOn: LocalDate }
>;

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
